using System.Globalization;
using System.Text.Json;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

/// <summary>Messages for tests, and what they are called.</summary>
internal static class Entries
{
    private const int BodyInBytes = 1000;

    /// <summary>What one entry of <see cref="Frame"/> counts for in an outbox.</summary>
    public static int SizeInBytes { get; } = Frame("a", 0).SizeInBytes;

    public static OutboxEntry Frame(string source, long seq) =>
        new(Message(string.Create(CultureInfo.InvariantCulture, $"{source}-{seq}")), new GapOrigin("S", source, "g"), seq);

    public static OutboxEntry Status(string id) => new(Message(id));

    /// <summary>The message id, or for a gap record its source and numbers.</summary>
    public static string NameOf(HubMessage message)
    {
        if (message.Properties.GetValueOrDefault(MessageProperties.Schema) is not GapRecord.Schema)
        {
            return message.MessageId;
        }

        using JsonDocument gap = JsonDocument.Parse(message.Body);
        JsonElement root = gap.RootElement;
        return $"gap {root.GetProperty("source")} {root.GetProperty("firstSeq")}..{root.GetProperty("lastSeq")} ({root.GetProperty("count")}) {root.GetProperty("reason")}";
    }

    private static HubMessage Message(string id) => new() { MessageId = id, Body = new byte[BodyInBytes] };
}
