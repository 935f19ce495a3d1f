using System.Numerics;
using Sallyport.Identity;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>Signs an authority's list. The number is on the disk before the list: a number that came twice would be two truths.</summary>
internal sealed class ListSigning(AuthorityFolder folder, SigningAuthority authority, TimeProvider time)
{
    private const double IssuingDays = 7;
    private const double RootDays = 180;

    /// <summary>Signs it into a file.</summary>
    /// <param name="target">The file; replaced.</param>
    /// <param name="days">Until the next one must be there; null for what is usual.</param>
    /// <param name="stop">Leaves the old file.</param>
    public async Task<CrlReport> SignAsync(string target, double? days, CancellationToken stop)
    {
        long number = folder.Record.RevocationListNumber + 1;
        bool isRoot = string.Equals(folder.Record.Profile, CertificateProfile.Root.Name, StringComparison.Ordinal);
        var life = TimeSpan.FromDays(days ?? (isRoot ? RootDays : IssuingDays));
        await folder.SaveAsync(folder.Record with { RevocationListNumber = number }, stop);
        RevokedCertificate[] revoked =
        [
            .. folder.Record.Certificates
                .Where(one => one.Revoked is not null)
                .Select(one => new RevokedCertificate(one.Serial, one.Revoked!.Value, RevokeVerb.ReasonOf(one))),
        ];
        await DurableFile.ReplaceAsync(target, authority.RevocationList(revoked, new BigInteger(number), life), stop);
        return new CrlReport(target, number, revoked.Length, time.GetUtcNow() + life, folder.Record.RevocationList);
    }
}
