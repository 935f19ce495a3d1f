using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Turns a message at the cloud side into the page that it carries, or says what is wrong with it.</summary>
internal static class PageReader
{
    /// <summary>The buffer of messages that came past any ring: one record each, and no numbers of their own.</summary>
    public const string NoBuffer = "";

    /// <summary>Reads a message. Null after a finding.</summary>
    public static Page? Read(Arrival arrival, Findings findings)
    {
        var message = arrival.Message;
        if (!HasSoundProperties(message))
        {
            findings.Add(FindingKind.Malformed, $"Message {message.MessageId}: its properties name no source and no known message type.");
            return null;
        }

        var page = Text(message, MessageProperties.Schema) is BatchBody.Schema ? ReadPage(arrival) : ReadSingle(arrival);
        if (page is null)
        {
            findings.Add(FindingKind.Malformed, $"Message {message.MessageId}: its body and properties are not those of a page, nor of a single record.");
        }

        return page;
    }

    private static bool HasSoundProperties(HubMessage message) =>
        MessageType.TryParse(Text(message, MessageProperties.MessageType), out _)
        && Text(message, MessageProperties.Source) is { Length: > 0 }
        && Text(message, MessageProperties.Schema) is { Length: > 0 };

    private static Page? ReadSingle(Arrival arrival) => RecordReader.Read(arrival.Message.Body.Span) is { } record
        ? new(NoBuffer, 0, NoBuffer, 0, 0, 0, false, [record], arrival.At)
        : null;

    private static Page? ReadPage(Arrival arrival)
    {
        var message = arrival.Message;
        if (Text(message, MessageProperties.Buffer) is not { Length: > 0 } buffer
            || Text(message, MessageProperties.Epoch)?.Split(':') is not [var epochText, { Length: > 0 } epochId, var firstPage]
            || Number(firstPage) is null
            || Number(epochText) is not { } epoch
            || Number(Text(message, MessageProperties.Page)) is not { } page
            || Number(Text(message, MessageProperties.Sequence)) is not { } seq
            || Number(Text(message, MessageProperties.Count)) is not { } count
            || Number(Text(message, MessageProperties.Lost)) is not { } lost
            || !BatchBody.TrySplit(message.Body, out var slices)
            || slices.Length != count
            || count == 0)
        {
            return null;
        }

        var records = ImmutableArray.CreateBuilder<PageRecord>(slices.Length);
        foreach (var slice in slices)
        {
            if (RecordReader.Read(slice.Span) is not { } record)
            {
                return null;
            }

            records.Add(record);
        }

        return new(
            buffer, epoch, epochId, page, seq, lost, Text(message, MessageProperties.Recovered) is "true", records.MoveToImmutable(), arrival.At);
    }

    private static string? Text(HubMessage message, string name) => message.Properties.GetValueOrDefault(name);

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
