using Sallyport.Identity;

namespace Sallyport.Ctl.Pki.Inspect;

/// <summary>What the validator of one link thinks.</summary>
/// <param name="Link">The link.</param>
/// <param name="Verdict">Of the first certificate.</param>
internal sealed record LinkVerdict(LinkWord Link, CertificateVerdict Verdict)
{
    /// <summary>Why not; null if it is good.</summary>
    public CertificateVerdict.Refused? Refusal => Verdict as CertificateVerdict.Refused;
}
