namespace Sallyport.Identity.OpcUa;

/// <summary>A certificate store of an OPC UA application (OPC 10000-12 section 7.8; the folders are those of OPC Publisher).</summary>
public enum OpcUaStore
{
    /// <summary>The application's own certificate. Looked at, never written: its key lies beside it.</summary>
    Own,

    /// <summary>Peers, or authorities, whose certificates are accepted.</summary>
    Trusted,

    /// <summary>Authorities that complete a chain, and are not trusted by themselves.</summary>
    Issuer,

    /// <summary>Peers that were refused; the application puts them there.</summary>
    Rejected,
}
