using Sallyport.IotHub.Provisioning;

namespace Sallyport.SecureBuffer.Configuration;

/// <summary>What the buffer proves itself with past edgeHub. Closed: the nested records are all there is.</summary>
internal abstract record DirectIdentity
{
    private DirectIdentity()
    {
    }

    /// <summary>Certificates and keys in files, which somebody else renews.</summary>
    /// <param name="Certificates">Where they are.</param>
    internal sealed record Files(CertificateFiles Certificates) : DirectIdentity;

    /// <summary>The device identity that the module CertificateManager keeps; the keys are the gateway's own.</summary>
    /// <param name="Folder">Of its journal.</param>
    internal sealed record Journal(string Folder) : DirectIdentity;
}
