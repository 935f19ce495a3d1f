namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>What is spoken over IPv4.</summary>
internal enum FlowProtocol
{
    /// <summary>Everything: among modules alone.</summary>
    Any,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,
}
