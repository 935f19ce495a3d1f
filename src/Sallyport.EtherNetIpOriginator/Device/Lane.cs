using System.Threading.Tasks.Sources;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>A way for one request at a time: a class-3 connection, or the messages of a session that need none.</summary>
/// <remarks>Guarded by the lock of its session. Used again and again, so that waiting for a reply allocates nothing.</remarks>
internal sealed class Lane : IValueTaskSource<LaneReply>
{
    private ManualResetValueTaskSourceCore<LaneReply> _source;
    private byte[] _reply = new byte[1024];
    private int _replyLength;
    private byte[] _request = [];

    /// <summary>The messages that need no connection.</summary>
    public Lane()
    {
    }

    /// <summary>A connection that has been opened.</summary>
    /// <param name="parameters">Those with which it was opened.</param>
    /// <param name="opened">What the device agreed to.</param>
    /// <param name="endsElsewhere">Whether the one who waits goes on on another thread. Else it goes on inside the loop that receives.</param>
    public Lane(ConnectionParameters parameters, OpenedConnection opened, bool endsElsewhere)
    {
        (Parameters, TargetId) = (parameters, opened.ConnectionId);
        _source.RunContinuationsAsynchronously = endsElsewhere;
    }

    /// <summary>With which parameters the connection was opened; null if this is none.</summary>
    public ConnectionParameters? Parameters { get; }

    /// <summary>The id under which the device is sent to.</summary>
    public uint TargetId { get; }

    /// <summary>The sequence count of the last request.</summary>
    public ushort Sequence { get; private set; }

    /// <summary>The context of the last request that needed no connection.</summary>
    public ulong Context { get; private set; }

    /// <summary>Whether it waits for its reply.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>What it waits for the reply to.</summary>
    public EncapsulationCommand Command { get; private set; }

    /// <summary>When the time is up, as a timestamp.</summary>
    public long Due { get; private set; }

    /// <summary>When it was last used, as a timestamp.</summary>
    public long LastUse { get; set; }

    /// <summary>The count for the next request.</summary>
    public ushort NextSequence() => Sequence = RequestSerializer.NextSequence(Sequence);

    /// <summary>The context for the next request.</summary>
    public ulong NextContext() => ++Context;

    /// <summary>Room for a request that is not kept.</summary>
    public byte[] Room(int size)
    {
        if (_request.Length < size)
        {
            _request = new byte[size];
        }

        return _request;
    }

    /// <summary>Begins to wait.</summary>
    public ValueTask<LaneReply> BeginAsync(EncapsulationCommand command, long due)
    {
        (Command, Due, IsWaiting) = (command, due, true);
        return new ValueTask<LaneReply>(this, _source.Version);
    }

    /// <summary>No reply is taken any more; one of the ends follows, outside of the lock.</summary>
    public void Shut() => IsWaiting = false;

    /// <summary>Keeps what came: the place where it was received is used for the next frame.</summary>
    public void Keep(ReadOnlySpan<byte> message)
    {
        if (_reply.Length < message.Length)
        {
            _reply = new byte[message.Length];
        }

        message.CopyTo(_reply);
        _replyLength = message.Length;
    }

    /// <summary>Ends with what was kept.</summary>
    public void EndAnswered(in EncapsulationHeader header) => _source.SetResult(LaneReply.Answered(header, _reply.AsMemory(0, _replyLength)));

    /// <summary>Ends without a reply.</summary>
    public void EndFailed(string reason, bool isSwallowed) => _source.SetResult(LaneReply.Failed(reason, isSwallowed));

    /// <inheritdoc/>
    public LaneReply GetResult(short token)
    {
        LaneReply reply = _source.GetResult(token);
        _source.Reset();
        return reply;
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
