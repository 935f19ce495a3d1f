using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>Issues new certificates at each reading, or has none.</summary>
internal sealed class FakeCertificates(params Func<DeviceCertificate>[] issue) : IDeviceCertificates
{
    /// <summary>Why there is none; null if there are some.</summary>
    public string? Reason { get; set; }

    public bool TryRead(out ImmutableArray<DeviceCertificate> certificates, [NotNullWhen(false)] out string? reason)
    {
        reason = Reason;
        certificates = reason is null ? [.. issue.Select(one => one())] : [];
        return reason is null;
    }
}
