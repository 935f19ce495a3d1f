namespace Sallyport.IotHub.Provisioning;

/// <summary>Why the direct uplink gave up a hub.</summary>
internal enum ServiceEnd
{
    /// <summary>It refuses us again and again.</summary>
    Refused,

    /// <summary>It was out of reach for long.</summary>
    Away,

    /// <summary>There is another certificate now.</summary>
    Renewed,
}
