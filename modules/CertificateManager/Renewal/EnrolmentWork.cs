using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Trust;
using Sallyport.Identity;
using Sallyport.Identity.Est;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>What a renewal has done by others: the enrolment server signs, and the provisioning service, or the same server, proves.</summary>
internal sealed partial class EnrolmentWork(IRevocationCheck revocation, TimeProvider time, ILogger<EnrolmentWork> logger)
{
    private readonly ListsUnderWay _lists = new(revocation, time);

    /// <summary>Puts the renewal of a plan together.</summary>
    public RenewalMachine MachineFor(EnrolmentPlan plan, PinnedRoots roots, IDeviceKeyProvider keys, KeyProbe probe)
    {
        if (plan.Revocation is RevocationPolicy.NonePublished)
        {
            LogNoLists(plan.Server);
        }

        var client = new EstClient(plan.Server, roots.Certificates, ValidatorOf(LinkProfile.EstServer, plan, roots), time);
        var work = new RenewalWork
        {
            AskAsync = (key, present, cancellationToken) => _lists.AskAsync(() => AskAsync(client, plan, key, present, cancellationToken), cancellationToken),
            ProveAsync = (next, cancellationToken) => ProveAsync(client, plan, next, cancellationToken),
            Validator = ValidatorOf(LinkProfile.Device, plan, roots),
        };
        return new RenewalMachine(new RenewalOptions(plan.DeviceId) { Overlap = plan.Overlap }, keys, probe, work, time);
    }

    private CertificateValidator ValidatorOf(LinkProfile profile, EnrolmentPlan plan, PinnedRoots roots) => new(profile, roots.Certificates, time)
    {
        Revocation = revocation,
        RevocationPolicy = plan.Revocation,
    };

    private static async Task<EstOutcome> AskAsync(
        EstClient client, EnrolmentPlan plan, IDeviceKey key, DeviceCertificate? present, CancellationToken cancellationToken)
    {
        if (present is not null)
        {
            return await client.AskAsync(
                EstOperation.Reenrol,
                new EstCredential(present.Context, key.TakeTurnAsync),
                binding => EnrolmentRequest.Make(key, present.Leaf.SubjectName, plan.DeviceId, binding),
                cancellationToken);
        }

        if (plan.Bootstrap is not { } files)
        {
            return new EstOutcome.Refused("there is no valid certificate to ask with: configure bootstrap with the factory's certificate");
        }

        if (!DeviceCertificate.TryRead(files.CertificateFile, files.KeyFile, out DeviceCertificate? bootstrap, out var reason))
        {
            return new EstOutcome.Refused(reason);
        }

        using (bootstrap)
        {
            var subject = new X500DistinguishedNameBuilder();
            subject.AddCommonName(plan.DeviceId);
            return await client.AskAsync(
                EstOperation.Enrol,
                new EstCredential(bootstrap.Context),
                binding => EnrolmentRequest.Make(key, subject.Build(), plan.DeviceId, binding),
                cancellationToken);
        }
    }

    private Task<IdentityProof> ProveAsync(EstClient client, EnrolmentPlan plan, DeviceCertificate next, CancellationToken cancellationToken) =>
        plan.Proof is { } proof ? RegisterAsync(proof, next, cancellationToken) : ShowAsync(client, next, cancellationToken);

    private async Task<IdentityProof> RegisterAsync(ProvisioningProof proof, DeviceCertificate next, CancellationToken cancellationToken)
    {
        var service = new DeviceProvisioner(proof.Target, proof.RootsFile, new OwnCertificateCheck(time), new ProvisioningLimits(), time, step => LogStep(step));
        return await service.RegisterAsync([next], cancellationToken) switch
        {
            ProvisioningOutcome.Assigned => IdentityProof.Proven.Instance,
            ProvisioningOutcome.Disabled => new IdentityProof.Refused(ProvisioningOutcome.Disabled.Words),
            ProvisioningOutcome.Failed failed => new IdentityProof.Refused(failed.Words),
            ProvisioningOutcome.Unauthorized unauthorized => new IdentityProof.Refused(unauthorized.Words),
            ProvisioningOutcome.Unreachable unreachable => new IdentityProof.Unreachable(unreachable.Words),
            ProvisioningOutcome.Busy busy => new IdentityProof.Unreachable(busy.Words) { RetryAfter = busy.RetryAfter },
            _ => throw new InvalidOperationException("An outcome is one of six."),
        };
    }

    private static async Task<IdentityProof> ShowAsync(EstClient client, DeviceCertificate next, CancellationToken cancellationToken)
    {
        switch (await client.GetAuthoritiesAsync(new EstCredential(next.Context), cancellationToken))
        {
            case EstOutcome.Answered answered:
                foreach (X509Certificate2 one in answered.Certificates)
                {
                    one.Dispose();
                }

                return IdentityProof.Proven.Instance;
            case EstOutcome.Unauthorized unauthorized:
                return new IdentityProof.Refused(unauthorized.Reason);
            case EstOutcome.Refused refused:
                return new IdentityProof.Refused(refused.Reason);
            case EstOutcome.Untrusted untrusted:
                return new IdentityProof.Unreachable(untrusted.Verdict.Detail);
            case EstOutcome.Unreachable unreachable:
                return new IdentityProof.Unreachable(unreachable.Reason);
            default:
                return new IdentityProof.Unreachable("the enrolment server puts us off");
        }
    }

    [LoggerMessage(6302, LogLevel.Warning, "No revocation lists are demanded for {Server} and its certificates, as est/revocation says: nobody learns when one is revoked")]
    private partial void LogNoLists(Uri server);

    [LoggerMessage(6300, LogLevel.Debug, "Proof of the new certificate: {Step}")]
    private partial void LogStep(ProvisioningStep step);
}
