using Sallyport.Identity.Est;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Renewal;

/// <summary>What a renewal has done by others.</summary>
public sealed record RenewalWork
{
    /// <summary>Asks for a certificate of a key. The second argument is the certificate in use, null if there is none that is valid: then the bootstrap certificate speaks for us.</summary>
    public required Func<IDeviceKey, DeviceCertificate?, CancellationToken, Task<EstOutcome>> AskAsync { get; init; }

    /// <summary>Shows a new certificate to whoever will have to accept it.</summary>
    public required Func<DeviceCertificate, CancellationToken, Task<IdentityProof>> ProveAsync { get; init; }

    /// <summary>Judges an answer: our own profile for devices, roots, lists.</summary>
    public required CertificateValidator Validator { get; init; }
}
