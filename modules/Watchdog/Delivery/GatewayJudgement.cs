using System.Collections.Immutable;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>What one look comes to.</summary>
/// <param name="Delivery">Whether data reaches the cloud.</param>
/// <param name="Buffer">What waits.</param>
/// <param name="Modules">In the order of the look.</param>
/// <param name="Devices">By source.</param>
/// <param name="Credentials">That which ends first at the head.</param>
/// <param name="Findings">All that is wrong.</param>
internal sealed record GatewayJudgement(
    DeliveryVerdict Delivery,
    BufferStatus Buffer,
    ImmutableArray<ModuleStatus> Modules,
    ImmutableArray<FieldDeviceStatus> Devices,
    ImmutableArray<CredentialStatus> Credentials,
    ImmutableArray<Finding> Findings);
