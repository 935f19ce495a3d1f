namespace Sallyport.CertificateManager.Watch;

/// <summary>How near an end is. Part of what is stored: names and order never change.</summary>
internal enum ExpiryLevel
{
    /// <summary>Far.</summary>
    None,

    /// <summary>30 days, or a third of a short life.</summary>
    Days30,

    /// <summary>14 days.</summary>
    Days14,

    /// <summary>7 days.</summary>
    Days7,

    /// <summary>3 days.</summary>
    Days3,

    /// <summary>1 day.</summary>
    Days1,

    /// <summary>It is over.</summary>
    Expired,
}
