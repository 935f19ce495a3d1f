namespace Sallyport.EtherNetIp.Identity;

/// <summary>The registered ports that a device has open.</summary>
[Flags]
public enum OpenPorts
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Messages in clear.</summary>
    Tcp44818 = 1,

    /// <summary>ListIdentity in clear.</summary>
    Udp44818 = 2,

    /// <summary>Cyclic data in clear.</summary>
    Udp2222 = 4,

    /// <summary>Messages over TLS.</summary>
    TlsTcp2221 = 8,

    /// <summary>Cyclic data over DTLS.</summary>
    DtlsUdp2221 = 16,
}
