using System.Text.Json;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Health;

/// <summary>What the answer of <c>getDiagnostics</c> has in every reader. Each piece writes members into the object that is open.</summary>
public static class PollingDiagnostics
{
    /// <summary>How many quarantined points one answer names: each takes up to 200 bytes, and an answer has 128 KiB.</summary>
    public const int MaxQuarantinedPoints = 200;

    /// <summary>session, cfg, version and what waits.</summary>
    public static void WritePlan<TPlan>(Utf8JsonWriter json, CurrentPlan<TPlan> current, FrameAssembler assembler, ReaderOutboxes outboxes)
        where TPlan : class
    {
        CurrentPlan<TPlan>.Edition? edition = current.Value;
        json.WriteString("session", assembler.Session);
        json.WriteString("cfg", edition?.ConfigurationHash);
        json.WriteNumber("version", edition?.Version ?? 0);
        json.WriteStartObject("waiting");
        json.WriteNumber(outboxes.Telemetry.Output, outboxes.Telemetry.Count);
        json.WriteNumber(outboxes.Status.Output, outboxes.Status.Count);
        json.WriteEndObject();
    }

    /// <summary>state, since, reason, consecutiveFailures and nextRetry of a device.</summary>
    public static void WriteStatus(Utf8JsonWriter json, DeviceStatus status)
    {
        json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(status.State.ToString()));
        json.WriteString("since", status.Since.UtcDateTime);
        json.WriteString("reason", status.Reason);
        json.WriteNumber("consecutiveFailures", status.ConsecutiveFailures);
        if (status.NextRetry is { } nextRetry)
        {
            json.WriteString("nextRetry", nextRetry.UtcDateTime);
        }
    }

    /// <summary>The groups of a device, each with its requests and what is quarantined of it.</summary>
    /// <typeparam name="TSource">What the plan says of the device.</typeparam>
    /// <typeparam name="TGroup">Its groups.</typeparam>
    /// <param name="json">Where to.</param>
    /// <param name="source">The device.</param>
    /// <param name="room">How many quarantined points may still be named in this answer.</param>
    public static void WriteGroups<TSource, TGroup>(Utf8JsonWriter json, RunningSource<TSource, TGroup> source, ref int room)
        where TGroup : IGroupPlan<TGroup>
        where TSource : ISourcePlan<TSource, TGroup>
    {
        json.WriteStartArray("groups");
        foreach (RunningPoll<TGroup> poll in source.Polls.Values)
        {
            json.WriteStartObject();
            json.WriteString("group", poll.Plan.Group);
            json.WriteNumber("intervalMs", (long)poll.Plan.Interval.TotalMilliseconds);
            json.WriteNumber("points", poll.Plan.PointCount);
            json.WriteNumber("requests", poll.Loop.RequestCount);
            json.WriteNumber("polls", poll.Loop.Polls);
            WriteLearned(json, poll.Loop.Learned, ref room);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLearned(Utf8JsonWriter json, LearnedState learned, ref int room)
    {
        json.WriteNumber("learnedHoles", learned.Holes);
        json.WriteNumber("quarantinedCount", learned.QuarantinedCount);
        json.WriteStartArray("quarantined");
        foreach (QuarantinedPoint point in learned.Quarantined.Take(room))
        {
            json.WriteStartObject();
            json.WriteString("point", point.Name);
            json.WriteString("reason", point.Reason);
            json.WriteEndObject();
            room--;
        }

        json.WriteEndArray();
    }
}
