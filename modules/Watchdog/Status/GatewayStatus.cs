using System.Collections.Immutable;

namespace Sallyport.Watchdog.Status;

/// <summary>One look at the whole gateway. Immutable; made anew at each look and when an alarm or event comes.</summary>
/// <param name="At">When it was looked.</param>
/// <param name="Delivery">Whether data reaches the cloud.</param>
/// <param name="Buffer">What waits, and for how long there is room.</param>
/// <param name="Modules">Every module that is watched, edgeAgent and edgeHub included, in the manifest's order.</param>
/// <param name="Devices">The controllers and meters, as the readers tell of them, by source.</param>
/// <param name="Credentials">Certificates, revocation lists and tokens, that which ends first at the head.</param>
/// <param name="Alarms">Those that stand, the most severe first, then the oldest.</param>
/// <param name="Events">The last ones, newest first, at most <see cref="MostEvents"/>.</param>
/// <param name="Posture">The last posture check; null before the first.</param>
internal sealed record GatewayStatus(
    DateTimeOffset At,
    DeliveryStatus Delivery,
    BufferStatus Buffer,
    ImmutableArray<ModuleStatus> Modules,
    ImmutableArray<FieldDeviceStatus> Devices,
    ImmutableArray<CredentialStatus> Credentials,
    ImmutableArray<Alarm> Alarms,
    ImmutableArray<RecentEvent> Events,
    PostureSummary? Posture)
{
    public const int MostEvents = 50;

    /// <summary>Nothing has been looked at yet.</summary>
    public static GatewayStatus Unknown { get; } = new(
        DateTimeOffset.UnixEpoch, DeliveryStatus.Unknown, BufferStatus.Unknown, [], [], [], [], [], Posture: null);
}
