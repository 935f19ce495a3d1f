namespace Sallyport.Identity;

/// <summary>How a registry stands to a device and the certificate that it showed.</summary>
public enum DeviceStanding
{
    /// <summary>It may come in.</summary>
    Accepted,

    /// <summary>There is no such device.</summary>
    Unknown,

    /// <summary>The device is disabled.</summary>
    Disabled,

    /// <summary>The device is known, and this is none of its certificates.</summary>
    OtherCertificate,
}
