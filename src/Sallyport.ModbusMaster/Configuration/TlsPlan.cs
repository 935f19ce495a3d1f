namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Where the certificates of a connection lie. The files are read again at each connect, so that they can be renewed under way.</summary>
/// <param name="CaFile">PEM: the only roots that may stand behind the device's certificate.</param>
/// <param name="CertificateFile">PEM: our own certificate, and its issuers below the root if the device needs them.</param>
/// <param name="KeyFile">PEM: the private key of our own certificate.</param>
/// <param name="Role">The role that our own certificate must carry, or null if it may have any or none.</param>
public sealed record TlsPlan(string CaFile, string CertificateFile, string KeyFile, string? Role);
