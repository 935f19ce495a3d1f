using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Connections;

/// <summary>One open connection for explicit messages. Used by its client alone, one request after the other.</summary>
/// <param name="id">Identifier that requests carry.</param>
/// <param name="replyId">Identifier that replies carry.</param>
/// <param name="originator">Serial numbers that name it.</param>
/// <param name="path">The path that it was opened with.</param>
/// <param name="requestSize">Most bytes of a request, sequence count included.</param>
/// <param name="replySize">Most bytes of a reply, sequence count included.</param>
/// <param name="timeout">The watchdog.</param>
/// <param name="sessionHandle">The session that opened it.</param>
internal sealed class Class3Connection(
    uint id, uint replyId, OriginatorKey originator, byte[] path, int requestSize, int replySize, TimeSpan timeout, uint sessionHandle)
{
    /// <summary>Before the first request the watchdog gives at least this.</summary>
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(10);

    private byte[] _lastReply = [];
    private int _lastLength;

    public uint Id { get; } = id;

    public uint ReplyId { get; } = replyId;

    public OriginatorKey Originator { get; } = originator;

    public byte[] Path { get; } = path;

    public int RequestSize { get; } = requestSize;

    public int ReplySize { get; } = replySize;

    public uint SessionHandle { get; } = sessionHandle;

    /// <summary>When a request came last, or when it was opened.</summary>
    public long LastSeen { get; set; }

    /// <summary>Sequence count of the last request; null before the first.</summary>
    public ushort? LastSequence { get; private set; }

    /// <summary>The last reply, for a request that is repeated.</summary>
    public ReadOnlySpan<byte> LastReply => _lastReply.AsSpan(0, _lastLength);

    /// <summary>Unique values in it that have not been entered in the ledger.</summary>
    public List<ServedValue> LastDrawn { get; } = [];

    /// <summary>How long it may stay without a request.</summary>
    public TimeSpan Timeout => LastSequence is null && timeout < FirstTimeout ? FirstTimeout : timeout;

    /// <summary>Keeps a reply.</summary>
    public void Keep(ushort sequence, ReadOnlySpan<byte> reply)
    {
        LastSequence = sequence;
        if (_lastReply.Length < reply.Length)
        {
            _lastReply = new byte[Math.Max(reply.Length, ReplySize)];
        }

        reply.CopyTo(_lastReply);
        _lastLength = reply.Length;
    }
}
