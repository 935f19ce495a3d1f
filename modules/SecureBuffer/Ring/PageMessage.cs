using System.Collections.Frozen;
using System.Globalization;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The message that carries a page; docs/formats, <c>sallyport.batch/1</c>.</summary>
internal static class PageMessage
{
    /// <param name="page">The page.</param>
    /// <param name="lane">Of which lane.</param>
    /// <param name="moduleId">The <c>source</c> property: who says so.</param>
    /// <param name="isReplay">True if it waited because the uplink was closed.</param>
    public static HubMessage Of(SealedPage page, string lane, string moduleId, bool isReplay)
    {
        BatchFields fields = page.Fields;
        var buffer = $"{fields.Buffer:x32}-{lane}";
        if (!BatchNumbers.TryReadContent(fields.Content, out MessageType? type) || !BatchNumbers.TryReadMark(fields.Mark, out Quality? quality))
        {
            throw new ArgumentOutOfRangeException(nameof(page), fields.Content, "Not a page of this module.");
        }

        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [MessageProperties.Schema] = BatchBody.Schema,
            [MessageProperties.MessageType] = type.Name,
            [MessageProperties.Source] = moduleId,
            [MessageProperties.Buffer] = buffer,
            [MessageProperties.Epoch] = fields.Epoch.ToString(),
            [MessageProperties.Page] = Text(fields.Page),
            [MessageProperties.Sequence] = Text(fields.FirstSeq),
            [MessageProperties.Count] = Text(fields.Count),
            [MessageProperties.Lost] = Text(fields.Lost),
            [MessageProperties.Previous] = Convert.ToHexStringLower(page.PreviousMac.AsSpan()),
            [MessageProperties.Mac] = Convert.ToHexStringLower(page.Mac.AsSpan()),
            [MessageProperties.KeyId] = fields.KeyId.ToString("x32", CultureInfo.InvariantCulture),
        };
        if (quality is { } worst)
        {
            properties.Add(MessageProperties.Quality, worst.ToString());
        }

        Flag(properties, MessageProperties.Replay, isReplay);
        Flag(properties, MessageProperties.Gap, fields.Flags.HasFlag(PageTraits.Gap));
        Flag(properties, MessageProperties.Recovered, fields.Flags.HasFlag(PageTraits.Recovered));
        return new HubMessage
        {
            MessageId = $"{buffer}-{Text(fields.Page)}",
            Body = page.Body,
            CreatedAt = page.Sealed,
            Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
    }

    private static void Flag(Dictionary<string, string> properties, string name, bool isSet)
    {
        if (isSet)
        {
            properties.Add(name, "true");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
