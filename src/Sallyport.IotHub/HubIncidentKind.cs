namespace Sallyport.IotHub;

/// <summary>Something about the connection that a person should hear of.</summary>
public enum HubIncidentKind
{
    /// <summary>The broker refused our credentials three times in a row.</summary>
    AuthenticationFailures,

    /// <summary>The broker's certificate was refused.</summary>
    CertificateRefused,

    /// <summary>Somebody else connects with our identity: the broker closes us again and again, right after it let us in.</summary>
    Takeover,

    /// <summary>The delivery watchdog restarted the connection.</summary>
    WatchdogRestart,

    /// <summary>A token from configuration ends soon or has ended; only a person can replace it.</summary>
    TokenEnding,

    /// <summary>The provisioning service refused the device of the direct uplink: not enrolled, disabled, or another certificate.</summary>
    ProvisioningRefused,
}
