using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Where the certificates of a connection lie. The files are read again at each connect, so that they can be renewed under way.</summary>
/// <param name="CaFile">PEM: the only roots that may stand behind the device's certificate.</param>
/// <param name="CertificateFile">PEM: our own certificate, and its issuers below the root if the device needs them.</param>
/// <param name="KeyFile">PEM: the private key of our own certificate.</param>
/// <param name="Role">The role that our own certificate must carry, or null if it may have any or none.</param>
public sealed record TlsPlan(string CaFile, string CertificateFile, string KeyFile, string? Role)
{
    /// <summary>What is demanded of revocation lists.</summary>
    public RevocationPolicy Revocation { get; init; } = LinkProfile.Plc.Revocation;

    /// <summary>Whether others than the plant's own authority certified the device, so that less is demanded of the fields of its certificate.</summary>
    public bool IsForeign { get; init; }

    /// <summary>What the device's certificate must look like.</summary>
    public LinkProfile Profile => IsForeign ? LinkProfile.ForeignPlc : LinkProfile.Plc;

    /// <summary>In which ways an operator had less demanded than everything.</summary>
    public IEnumerable<TlsRelaxation> Relaxations =>
        Enum.GetValues<TlsRelaxation>().Where(one => one is TlsRelaxation.ForeignCertificate ? IsForeign : Revocation is RevocationPolicy.NonePublished);
}
