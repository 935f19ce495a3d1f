using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Status;

/// <summary>What everything in the picture comes to for people.</summary>
internal static class PartStates
{
    private static readonly TimeSpan SoonOver = TimeSpan.FromDays(7);

    public static PartState Of(ModuleCondition condition) => condition switch
    {
        ModuleCondition.Well => PartState.Well,
        ModuleCondition.Unwell => PartState.Attention,
        ModuleCondition.Flapping or ModuleCondition.Missing => PartState.Broken,
        _ => PartState.Unknown,
    };

    public static PartState Of(DeviceState state) => state switch
    {
        DeviceState.Online => PartState.Well,
        DeviceState.Degraded => PartState.Attention,
        DeviceState.Offline => PartState.Broken,
        _ => PartState.Unknown,
    };

    public static PartState Of(DeliveryState state) => state switch
    {
        DeliveryState.Delivering => PartState.Well,
        DeliveryState.Degraded => PartState.Attention,
        DeliveryState.Offline or DeliveryState.Stalled => PartState.Broken,
        _ => PartState.Unknown,
    };

    /// <summary>Tokens are renewed every few hours: for them nearness of the end says nothing.</summary>
    public static PartState Of(CredentialStatus credential, DateTimeOffset now) =>
        credential.Ends <= now ? PartState.Broken
        : credential is { Kind: not "sas" } && credential.Ends - now < SoonOver ? PartState.Attention
        : PartState.Well;

    public static PartState Of(EventSeverity severity) => severity switch
    {
        EventSeverity.Informational => PartState.Well,
        EventSeverity.Critical or EventSeverity.High => PartState.Broken,
        _ => PartState.Attention,
    };

    /// <summary>The worst of several; unknown is better than what is wrong and worse than what is well.</summary>
    public static PartState Worst(ImmutableArray<PartState> states) =>
        states.IsEmpty ? PartState.Unknown
        : states.Contains(PartState.Broken) ? PartState.Broken
        : states.Contains(PartState.Attention) ? PartState.Attention
        : states.Contains(PartState.Unknown) ? PartState.Unknown
        : PartState.Well;

    /// <summary>The word for machines and for classes of style.</summary>
    public static string WordOf(PartState state) => state switch
    {
        PartState.Well => "well",
        PartState.Attention => "attention",
        PartState.Broken => "broken",
        _ => "unknown",
    };
}
