using System.Collections.Frozen;
using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The message that carries a page; docs/formats, <c>sallyport.batch/1</c>.</summary>
internal static class PageMessage
{
    /// <param name="page">The page.</param>
    /// <param name="ring">Which ring it belongs to.</param>
    /// <param name="moduleId">The <c>source</c> property: who says so.</param>
    /// <param name="isReplay">True if it waited because the uplink was closed.</param>
    public static HubMessage Of(Page page, RingIdentity ring, string moduleId, bool isReplay)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [MessageProperties.Schema] = BatchBody.Schema,
            [MessageProperties.MessageType] = page.Type.Name,
            [MessageProperties.Source] = moduleId,
            [MessageProperties.Buffer] = ring.Buffer,
            [MessageProperties.Epoch] = ring.Epoch,
            [MessageProperties.Page] = Text(page.Number),
            [MessageProperties.Sequence] = Text(page.FirstSeq),
            [MessageProperties.Count] = Text(page.Count),
            [MessageProperties.Lost] = Text(page.Lost),
        };
        if (page.Quality is { } quality)
        {
            properties.Add(MessageProperties.Quality, quality.ToString());
        }

        if (isReplay)
        {
            properties.Add(MessageProperties.Replay, "true");
        }

        return new HubMessage
        {
            MessageId = $"{ring.Buffer}-{Text(page.Number)}",
            Body = page.Body,
            CreatedAt = page.SealedAt.Wall,
            Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
