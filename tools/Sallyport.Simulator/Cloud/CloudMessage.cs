using System.Collections.Frozen;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>A message that arrived at IoT Hub.</summary>
/// <param name="Ordinal">From 0, without holes, in order of arrival.</param>
/// <param name="EnqueuedAt">When it arrived.</param>
/// <param name="DeviceId">The sending device.</param>
/// <param name="ModuleId">The sending module; empty for a device.</param>
/// <param name="Message">Body, application properties, message id and creation time. A sender that named no id gets the ordinal as one.</param>
internal sealed record CloudMessage(
    long Ordinal, DateTimeOffset EnqueuedAt, string DeviceId, string ModuleId, HubMessage Message)
{
    /// <summary>System properties that IoT Hub keeps, by their wire names («$.ct», «$.mid»); those of <see cref="Message"/> included.</summary>
    public FrozenDictionary<string, string> SystemProperties { get; init; } = FrozenDictionary<string, string>.Empty;
}
