using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The page that records go into. Not safe for several threads.</summary>
internal sealed class OpenPage(MessageType type, long firstSeq, Moment openedAt)
{
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private Quality? _quality;

    public MessageType Type => type;

    public Moment OpenedAt => openedAt;

    public int Count => _records.Count;

    /// <summary>Bytes of the batch body as it would be sealed now.</summary>
    public int Size { get; private set; } = BatchBody.OverheadInBytes;

    /// <summary>Bytes that a record adds, its comma included.</summary>
    public static int SizeOf(ReadOnlyMemory<byte> record) => record.Length + 1;

    public void Add(RingRecord record)
    {
        _records.Add(record.Json);
        _quality = record.Quality is { } quality && !(_quality > quality) ? quality : _quality;
        Size += SizeOf(record.Json);
    }

    public Page Seal(long number, long lost, Moment sealedAt) => new(
        number, type, firstSeq, Count, lost, BatchBody.Join(_records), _quality, openedAt, sealedAt);
}
