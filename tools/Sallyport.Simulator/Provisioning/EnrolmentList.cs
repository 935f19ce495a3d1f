using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Simulator.Provisioning;

/// <summary>The enrolments of one ID scope. An individual one counts before every group, as with the real service.</summary>
/// <param name="root">What the authorities of groups end in.</param>
/// <param name="time">Judges certificates.</param>
internal sealed class EnrolmentList(X509Certificate2 root, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Enrolment> _enrolments = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an enrolment, or replaces the one of the same name.</summary>
    public void Put(Enrolment enrolment) => _enrolments[enrolment.Name] = enrolment;

    /// <summary>Switches an enrolment off.</summary>
    public void Disable(string name) => _enrolments[name] = _enrolments[name] with { IsDisabled = true };

    /// <summary>Finds the enrolment of a device.</summary>
    public EnrolmentVerdict Find(string registrationId, X509Certificate2 certificate)
    {
        if (_enrolments.GetValueOrDefault(registrationId) is Enrolment.Individual individual)
        {
            string thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
            return !individual.Thumbprints.Contains(thumbprint, StringComparer.OrdinalIgnoreCase) ? new EnrolmentVerdict.Foreign()
                : individual.IsDisabled ? new EnrolmentVerdict.Disabled()
                : new EnrolmentVerdict.Found(individual.DeviceId ?? registrationId, thumbprint);
        }

        Enrolment.Group[] groups = [.. _enrolments.Values.OfType<Enrolment.Group>()];
        return groups.FirstOrDefault(group => group.Authorities.Any(authority => IsBelow(certificate, authority))) switch
        {
            null when groups.Length == 0 => new EnrolmentVerdict.Unknown(),
            null => new EnrolmentVerdict.Foreign(),
            { IsDisabled: true } => new EnrolmentVerdict.Disabled(),
            _ => new EnrolmentVerdict.Found(registrationId, Thumbprint: null),
        };
    }

    private bool IsBelow(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(certificate)
            && chain.ChainElements.Any(element => element.Certificate.RawDataMemory.Span.SequenceEqual(authority.RawDataMemory.Span));
    }
}
