using System.Collections.Frozen;
using System.Globalization;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>The application properties of a sealed batch, written by the gateway and read by the verifier: docs/formats/batch.md.</summary>
public static class BatchProperties
{
    internal const string True = "true";

    // So that one more never overflows.
    private const long MostNumber = 1L << 62;

    /// <summary>The message that carries a page. The same page gives the same message.</summary>
    /// <param name="page">As the ring hands it out.</param>
    /// <param name="lane">Of the gateway's lanes; small letters.</param>
    /// <param name="source">The module that says so.</param>
    /// <param name="isReplay">True if it waited because the uplink was closed.</param>
    public static HubMessage Message(SealedPage page, string lane, string source, bool isReplay) => new()
    {
        MessageId = MessageIdOf(page.Fields.Buffer, lane, page.Number),
        Body = page.Body,
        CreatedAt = page.Sealed,
        Properties = Write(page, lane, source, isReplay),
    };

    /// <summary>The stable id of a page's message.</summary>
    public static string MessageIdOf(UInt128 buffer, string lane, long page) => FormattableString.Invariant($"{buffer:x32}-{lane}-{page}");

    /// <summary>The properties of a page.</summary>
    /// <param name="page">As the ring hands it out.</param>
    /// <param name="lane">Of the gateway's lanes; small letters.</param>
    /// <param name="source">The module that says so.</param>
    /// <param name="isReplay">True if it waited because the uplink was closed.</param>
    /// <exception cref="ArgumentException">The page has a content or a mark that no message has.</exception>
    public static FrozenDictionary<string, string> Write(SealedPage page, string lane, string source, bool isReplay)
    {
        BatchFields fields = page.Fields;
        if (!BatchNumbers.TryReadContent(fields.Content, out MessageType? type) || !BatchNumbers.TryReadMark(fields.Mark, out Quality? quality))
        {
            throw new ArgumentException("The page has a content or a mark that no message has.", nameof(page));
        }

        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [MessageProperties.Schema] = BatchBody.Schema,
            [MessageProperties.MessageType] = type.Name,
            [MessageProperties.Source] = source,
            [MessageProperties.Buffer] = FormattableString.Invariant($"{fields.Buffer:x32}-{lane}"),
            [MessageProperties.Epoch] = fields.Epoch.ToString(),
            [MessageProperties.Page] = Text(fields.Page),
            [MessageProperties.Sequence] = Text(fields.FirstSeq),
            [MessageProperties.Count] = Text(fields.Count),
            [MessageProperties.Lost] = Text(fields.Lost),
            [MessageProperties.Previous] = Convert.ToHexStringLower(page.PreviousMac.AsSpan()),
            [MessageProperties.Mac] = Convert.ToHexStringLower(page.Mac.AsSpan()),
            [MessageProperties.KeyId] = FormattableString.Invariant($"{fields.KeyId:x32}"),
        };
        if (quality is { } worst)
        {
            properties.Add(MessageProperties.Quality, worst.ToString());
        }

        AddIf(properties, MessageProperties.Replay, isReplay);
        AddIf(properties, MessageProperties.Gap, fields.Flags.HasFlag(PageTraits.Gap));
        AddIf(properties, MessageProperties.Recovered, fields.Flags.HasFlag(PageTraits.Recovered));
        AddIf(properties, MessageProperties.ClockStepped, fields.Flags.HasFlag(PageTraits.ClockStepped));
        return properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. False for any other spelling; never throws on hostile text.</summary>
    /// <param name="properties">Of the message.</param>
    /// <param name="body">Of the message; not looked at.</param>
    /// <param name="batch">What it says; null when false.</param>
    /// <param name="fault">Which property is wrong; empty when true.</param>
    public static bool TryRead(IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> body, out SealedBatch? batch, out string fault)
    {
        var reading = new PropertyReading(properties);
        reading.Schema();
        (UInt128 buffer, string lane) = reading.Buffer();
        Epoch epoch = reading.Epoch();
        var fields = new BatchFields(
            reading.Identity(MessageProperties.KeyId),
            buffer,
            epoch,
            reading.Number(MessageProperties.Page, epoch.FirstPage, MostNumber),
            reading.Number(MessageProperties.Sequence, 0, PointValue.LargestJsonInteger),
            (int)reading.Number(MessageProperties.Count, 1, HubMessage.MaxSizeInBytes),
            reading.Number(MessageProperties.Lost, 0, MostNumber),
            reading.Content(),
            reading.Mark(),
            reading.Flags());
        batch = new SealedBatch(fields, lane, reading.Mac(MessageProperties.Previous), reading.Mac(MessageProperties.Mac), body);
        fault = reading.Fault;
        batch = fault.Length == 0 ? batch : null;
        return batch is not null;
    }

    private static void AddIf(Dictionary<string, string> properties, string name, bool isTrue)
    {
        if (isTrue)
        {
            properties.Add(name, True);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
