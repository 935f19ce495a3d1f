using Sallyport.BatchVerification;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Format;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>What a lane wants of its ring: bodies are batches, gaps are gap records of the lane's own type.</summary>
internal static class LaneRing
{
    private const int RoomForProperties = 4096;

    /// <summary>A body above this makes a message larger than a message may be.</summary>
    public const int MaxBodyBytes = HubMessage.MaxSizeInBytes - RoomForProperties;

    public static RingOptions OptionsFor(MessageType gapType, BufferPlan plan) => new()
    {
        BodyHead = BatchBody.Head.ToArray(),
        BodySeparator = ","u8.ToArray(),
        BodyTail = BatchBody.Tail.ToArray(),
        EncodeGap = gap => GapRecordJson.Encode(GapRecords.Of(gap)),
        GapContent = BatchNumbers.ContentOf(gapType),
        PageBytes = plan.PageInBytes,
        MaxBodyBytes = MaxBodyBytes,
    };

    /// <summary>Blocks of a tail slot: the largest open page, not compressed.</summary>
    public static int SnapshotBlocksFor(BufferPlan plan) => RingGeometry.BlocksFor(plan.PageInBytes + RingGeometry.MostBesideBody);
}
