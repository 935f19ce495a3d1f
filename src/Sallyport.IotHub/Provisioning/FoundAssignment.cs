using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>What came of looking for an assignment.</summary>
/// <param name="Assignment">Where to connect; null for nowhere yet.</param>
/// <param name="Certificate">What to connect with.</param>
internal sealed record FoundAssignment(HubAssignment? Assignment, DeviceCertificate Certificate)
{
    /// <summary>What the provisioning service said, if that was not an assignment.</summary>
    public string Words { get; init; } = "";

    /// <summary>It knows us and does not want us, or does not know us.</summary>
    public bool IsRefused { get; init; }

    /// <summary>It wants to be left alone for this long.</summary>
    public TimeSpan RetryAfter { get; init; }
}
