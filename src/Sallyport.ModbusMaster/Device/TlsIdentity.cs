using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>The certificates of one connection, as the files hold them now.</summary>
internal sealed class TlsIdentity : IDisposable
{
    private readonly X509Certificate2Collection _presented;
    private readonly X509Certificate2 _own;

    private TlsIdentity(X509Certificate2Collection roots, X509Certificate2Collection presented, X509Certificate2 own)
    {
        (Roots, _presented, _own) = (roots, presented, own);
        Context = SslStreamCertificateContext.Create(own, presented, offline: true);
    }

    /// <summary>The only roots.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>Our own certificate with its key and its issuers.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads the files.</summary>
    /// <exception cref="WireException">A file cannot be used, or our own certificate is not the one that the plan demands.</exception>
    public static TlsIdentity Load(TlsPlan plan, TimeProvider time)
    {
        X509Certificate2Collection roots = Read(plan.CaFile);
        X509Certificate2Collection presented = Read(plan.CertificateFile);
        X509Certificate2 own;
        try
        {
            own = X509Certificate2.CreateFromPemFile(plan.CertificateFile, plan.KeyFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new WireException($"own certificate cannot be used: {plan.KeyFile} has no key for it that can be read", e);
        }

        if (Fault(own, plan, time) is { } fault)
        {
            own.Dispose();
            throw new WireException(fault);
        }

        return new TlsIdentity(roots, presented, own);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 certificate in Roots.Concat(_presented).Append(_own))
        {
            certificate.Dispose();
        }
    }

    private static X509Certificate2Collection Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new WireException($"certificate file {path} cannot be read", e);
        }

        return certificates.Count > 0 ? certificates : throw new WireException($"certificate file {path} has no certificate");
    }

    private static string? Fault(X509Certificate2 own, TlsPlan plan, TimeProvider time)
    {
        if (own.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime)
        {
            return "own certificate has expired";
        }

        if (plan.Role is null)
        {
            return null;
        }

        string? role = ModbusRole.Of(own);
        return role is null ? $"own certificate has no role; the plan demands {plan.Role}"
            : !string.Equals(role, plan.Role, StringComparison.Ordinal) ? "own certificate has another role than the plan demands"
            : null;
    }
}
