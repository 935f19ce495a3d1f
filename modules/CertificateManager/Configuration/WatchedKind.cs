namespace Sallyport.CertificateManager.Configuration;

/// <summary>What a certificate of the box is for.</summary>
internal enum WatchedKind
{
    /// <summary>The gateway's own, or that of a device that it stands for.</summary>
    Device,

    /// <summary>The Edge daemon's authority.</summary>
    EdgeAuthority,

    /// <summary>A server, edgeHub's among them.</summary>
    Server,

    /// <summary>A controller.</summary>
    Plc,

    /// <summary>An OPC UA application.</summary>
    OpcUa,

    /// <summary>A root that something here trusts.</summary>
    Root,

    /// <summary>No certificate: the revocation list of an authority, which has an end as well.</summary>
    RevocationList,
}
