using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Status;

/// <summary>The way of data from the controllers to the cloud, stage by stage.</summary>
internal static class Chain
{
    public static ImmutableArray<ChainStage> Of(GatewayStatus status) =>
        [Devices(status.Devices), Readers(status.Modules), Buffer(status), Module("edgeHub", Target.EdgeHub, status.Modules), Cloud(status.Delivery)];

    /// <summary>The link between two stages is as bad as the worse of its ends.</summary>
    public static PartState Link(ChainStage from, ChainStage to) => PartStates.Worst([from.State, to.State]);

    private static ChainStage Devices(ImmutableArray<FieldDeviceStatus> all)
    {
        FieldDeviceStatus[] asked = [.. all.Where(device => device.State is not DeviceState.Stopped)];
        PartState[] states = [.. asked.Select(device => PartStates.Of(device.State))];
        var words = asked.Length == 0
            ? "none is known yet"
            : string.Create(CultureInfo.InvariantCulture, $"{states.Count(one => one is PartState.Well)} of {asked.Length} answer in full");
        return new ChainStage("Devices", OfMany(states), words);
    }

    private static ChainStage Readers(ImmutableArray<ModuleStatus> modules)
    {
        ModuleStatus[] readers = [.. modules.Where(module => module.Name.EndsWith("Reader", StringComparison.Ordinal))];
        PartState[] states = [.. readers.Select(reader => PartStates.Of(reader.Condition))];
        PartState lowest = PartStates.Worst([.. states]);
        ModuleStatus? worst = Array.Find(readers, reader => PartStates.Of(reader.Condition) == lowest && lowest is not PartState.Well);
        return new ChainStage(
            "Readers",
            OfMany(states),
            readers.Length == 0 ? "none is known yet" : worst is null ? string.Join(", ", readers.Select(reader => reader.Name)) : $"{worst.Name}: {WordsOf(worst)}");
    }

    private static ChainStage Buffer(GatewayStatus status)
    {
        ChainStage module = Module("Buffer", WatchedModule.Buffer, status.Modules);
        BufferStatus buffer = status.Buffer;
        if (module.State is PartState.Broken or PartState.Attention || double.IsNaN(buffer.UsedShare))
        {
            return module;
        }

        return module with
        {
            State = buffer.IsNearlyFull ? PartState.Attention : module.State,
            Words = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(buffer.UsedShare * 100)} % used, {buffer.WaitingRecords} waiting"),
        };
    }

    private static ChainStage Module(string stage, string name, ImmutableArray<ModuleStatus> modules) =>
        modules.FirstOrDefault(module => string.Equals(module.Name, name, StringComparison.Ordinal)) is { } found
            ? new ChainStage(stage, PartStates.Of(found.Condition), WordsOf(found))
            : new ChainStage(stage, PartState.Unknown, "nobody looked yet");

    private static ChainStage Cloud(DeliveryStatus delivery) => new(
        "Cloud", PartStates.Of(delivery.State), delivery.Reason.Length > 0 ? $"{StatusWords.Of(delivery.State)}: {delivery.Reason}" : StatusWords.Of(delivery.State));

    // As long as one works, data flows.
    private static PartState OfMany(PartState[] states)
    {
        PartState worst = PartStates.Worst([.. states]);
        return worst is PartState.Broken && Array.Exists(states, one => one is PartState.Well or PartState.Attention) ? PartState.Attention : worst;
    }

    private static string WordsOf(ModuleStatus module) => module.Reason.Length > 0 ? module.Reason : StatusWords.Of(module.Condition);
}
