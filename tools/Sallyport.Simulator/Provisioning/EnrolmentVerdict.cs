namespace Sallyport.Simulator.Provisioning;

/// <summary>Whether a device is enrolled. Closed: the nested records are all there is.</summary>
internal abstract record EnrolmentVerdict
{
    private EnrolmentVerdict()
    {
    }

    /// <summary>It is.</summary>
    /// <param name="DeviceId">What it is called at the hub.</param>
    /// <param name="Thumbprint">The one certificate that the hub is to accept; null for any of the authority.</param>
    public sealed record Found(string DeviceId, string? Thumbprint) : EnrolmentVerdict;

    /// <summary>It is, and is shut out.</summary>
    public sealed record Disabled : EnrolmentVerdict;

    /// <summary>The certificate is neither enrolled nor below an authority that is.</summary>
    public sealed record Foreign : EnrolmentVerdict;

    /// <summary>There is no enrolment that it could belong to.</summary>
    public sealed record Unknown : EnrolmentVerdict;
}
