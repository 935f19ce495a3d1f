using System.Collections.Immutable;

namespace Sallyport.Telemetry;

/// <summary>What does not change from frame to frame about a device: <c>sallyport.metadata/1</c>. Sent at the start, after each change of the configuration, and
/// when the device says who it is.</summary>
/// <param name="Source">The device, as in its frames.</param>
/// <param name="Protocol">As in its frames.</param>
/// <param name="Session">As in its frames.</param>
/// <param name="ConfigurationHash"><c>cfg</c> of the frames that this describes.</param>
/// <param name="Points">All points of all groups.</param>
public sealed record DeviceMetadata(
    string Source,
    string Protocol,
    string Session,
    string ConfigurationHash,
    ImmutableArray<PointMetadata> Points)
{
    /// <summary>Name and major version in the <c>schema</c> member and property.</summary>
    public const string Schema = "sallyport.metadata/1";

    /// <summary>What the device says of itself; null if it was not asked or did not say.</summary>
    public DeviceIdentity? Identity { get; init; }
}
