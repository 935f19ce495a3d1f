using System.Collections.Immutable;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>What came of reading our certificates. Closed: the nested records are all there is.</summary>
public abstract record OwnCertificates
{
    private OwnCertificates()
    {
    }

    /// <summary>There are some.</summary>
    /// <param name="Certificates">At least one, the best first. They belong to the caller.</param>
    public sealed record Found(ImmutableArray<DeviceCertificate> Certificates) : OwnCertificates;

    /// <summary>There is none that can be used.</summary>
    /// <param name="Reason">One sentence: why, and what to do.</param>
    public sealed record None(string Reason) : OwnCertificates;
}
