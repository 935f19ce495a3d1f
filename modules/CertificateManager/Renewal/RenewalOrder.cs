namespace Sallyport.CertificateManager.Renewal;

/// <summary>What somebody orders.</summary>
internal enum RenewalOrder
{
    /// <summary>A new certificate now.</summary>
    Renew,

    /// <summary>The same, and an unreadable journal is given up: the keys in both slots may be destroyed.</summary>
    StartAnew,
}
