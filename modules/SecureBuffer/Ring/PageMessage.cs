using System.Collections.Frozen;
using Sallyport.BatchVerification;
using Sallyport.SealedRing;
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
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [MessageProperties.Schema] = BatchBody.Schema,
            [MessageProperties.Source] = moduleId,
        };
        if (isReplay)
        {
            properties.Add(MessageProperties.Replay, "true");
        }

        return new HubMessage
        {
            MessageId = "",
            Body = page.Body,
            CreatedAt = page.Sealed,
            Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
    }
}
