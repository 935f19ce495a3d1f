using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>An open socket with the requests that are on their way over it. Once closed it stays closed: after a frame that is none, or a reply that does not
/// come, nothing that follows could be trusted.</summary>
/// <remarks>One loop receives for as long as the socket is open. All state is guarded by one lock, which is never held while others are told of an end.</remarks>
internal sealed partial class Session : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly EtherNetIpMetrics _metrics;
    private readonly Action<string> _closed;
    private readonly DueTimer _timer;
    private readonly long _limit;
    private readonly TimeSpan _pause;
    private readonly Lane _unconnected = new();
    [SuppressMessage("Usage", "CA2213", Justification = "A caller may still wait for it; without a wait handle it holds nothing to release.")]
    private readonly SemaphoreSlim _unconnectedTurn = new(1, 1);
    private readonly List<Lane> _connections = [];
    private volatile string? _closeReason;
    private uint _handle;

    /// <summary>Begins to receive.</summary>
    /// <param name="socket">Belongs to the session from now on.</param>
    /// <param name="plan">How the controller wants to be treated.</param>
    /// <param name="metrics">Counts what belongs to no exchange.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closed">Told once, with the reason, before those who wait are told.</param>
    public Session(Socket socket, ControllerPlan plan, EtherNetIpMetrics metrics, TimeProvider time, Action<string> closed)
    {
        (_socket, _metrics, _time, _closed, _pause) = (socket, metrics, time, closed, plan.RequestPause);
        _limit = (long)(plan.Timeout.TotalSeconds * time.TimestampFrequency);
        _timer = new DueTimer(time, OnTimer);
        _ = ReceiveAsync();
    }

    /// <summary>Whether requests can be sent.</summary>
    public bool IsOpen => _closeReason is null;

    /// <summary>Why it is closed; null if it is open.</summary>
    public string? CloseReason => _closeReason;

    /// <summary>The class-3 connections.</summary>
    public IReadOnlyList<Lane> Connections => _connections;

    /// <summary>The messages that need no connection; for callers who have the turn, or who know that nobody else has.</summary>
    public Lane Unconnected => _unconnected;

    /// <summary>A connection has been opened.</summary>
    public void Add(Lane connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }
    }

    /// <summary>Sends a frame that is kept, and waits for the reply. The lane must be the caller's.</summary>
    public ValueTask<LaneReply> AskAsync(Lane lane, PlannedFrame frame)
    {
        lock (_lock)
        {
            if (lane.Parameters is null)
            {
                frame.StampUnconnected(_handle, lane.NextContext());
                return SendUnderLockAsync(lane, EncapsulationCommand.SendRRData, frame.Bytes.Span);
            }

            frame.StampConnected(_handle, lane.TargetId, lane.NextSequence());
            return SendUnderLockAsync(lane, EncapsulationCommand.SendUnitData, frame.Bytes.Span);
        }
    }

    /// <summary>Sends a request, and waits for the reply. The lane must be the caller's.</summary>
    public ValueTask<LaneReply> AskAsync(Lane lane, CipRequest request)
    {
        lock (_lock)
        {
            byte[] room = lane.Room(RequestSerializer.ConnectedOverhead + request.Size);
            if (lane.Parameters is null)
            {
                int size = RequestSerializer.WriteUnconnected(_handle, lane.NextContext(), request, room);
                return SendUnderLockAsync(lane, EncapsulationCommand.SendRRData, room.AsSpan(0, size));
            }

            int length = RequestSerializer.WriteConnected(_handle, lane.TargetId, lane.NextSequence(), request, room);
            return SendUnderLockAsync(lane, EncapsulationCommand.SendUnitData, room.AsSpan(0, length));
        }
    }

    /// <summary>Sends a request without a connection, when no other such request is on its way.</summary>
    public async ValueTask<LaneReply> AskUnconnectedAsync(CipRequest request)
    {
        await _unconnectedTurn.WaitAsync(CancellationToken.None);
        try
        {
            return await AskAsync(_unconnected, request);
        }
        finally
        {
            _unconnectedTurn.Release();
        }
    }

    /// <summary>Asks who the device is that owns the socket.</summary>
    public ValueTask<LaneReply> ListIdentityAsync()
    {
        lock (_lock)
        {
            byte[] room = _unconnected.Room(EncapsulationHeader.Size);
            return SendUnderLockAsync(_unconnected, EncapsulationCommand.ListIdentity, room.AsSpan(0, RequestSerializer.WriteListIdentity(room)));
        }
    }

    /// <summary>Registers the session.</summary>
    public async ValueTask<LaneReply> RegisterAsync()
    {
        LaneReply reply = await SendRegisterAsync();
        if (reply.Failure is null && SessionRegistration.TryRead(reply.Header, reply.Message.Span, out uint handle))
        {
            lock (_lock)
            {
                _handle = handle;
            }
        }

        return reply;
    }

    /// <summary>Waits as long as the plan wants between two requests.</summary>
    public ValueTask PauseAsync(Lane lane)
    {
        TimeSpan wait = _pause == TimeSpan.Zero || lane.LastUse == 0 ? TimeSpan.Zero : _pause - _time.GetElapsedTime(lane.LastUse);
        return wait > TimeSpan.Zero ? new ValueTask(Task.Delay(wait, _time)) : ValueTask.CompletedTask;
    }

    /// <summary>Ends the session as a good guest does: connections first, which would keep places in the controller until its watchdog comes.</summary>
    public async ValueTask LeaveAsync()
    {
        foreach (Lane connection in _connections.ToArray())
        {
            if (IsOpen)
            {
                await AskUnconnectedAsync(CipRequest.ForwardClose(connection.Parameters!));
            }
        }

        lock (_lock)
        {
            if (IsOpen && _handle != 0)
            {
                byte[] room = _unconnected.Room(EncapsulationHeader.Size);
                TrySend(room.AsSpan(0, RequestSerializer.WriteUnRegisterSession(_handle, room)));
                EndSending();
            }
        }

        Close("it is not needed any more");
    }

    /// <inheritdoc/>
    public void Dispose() => Close("it is not needed any more");

    private ValueTask<LaneReply> SendRegisterAsync()
    {
        lock (_lock)
        {
            byte[] room = _unconnected.Room(RequestSerializer.RegisterSessionSize);
            return SendUnderLockAsync(_unconnected, EncapsulationCommand.RegisterSession, room.AsSpan(0, RequestSerializer.WriteRegisterSession(room)));
        }
    }

    private ValueTask<LaneReply> SendUnderLockAsync(Lane lane, EncapsulationCommand command, ReadOnlySpan<byte> frame)
    {
        if (_closeReason is { } reason)
        {
            return ValueTask.FromResult(LaneReply.Failed(reason, isSwallowed: true));
        }

        long now = _time.GetTimestamp();
        lane.LastUse = now;
        ValueTask<LaneReply> reply = lane.BeginAsync(command, now + _limit);
        _timer.FireAt(now + _limit);

        // If it cannot be sent, the loop that receives hears of it too, and ends what waits.
        TrySend(frame);
        return reply;
    }

    private void TrySend(ReadOnlySpan<byte> frame)
    {
        try
        {
            _socket.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _socket.Dispose();
        }
    }

    // A socket that is disposed of while it receives is reset, and what was sent last may be lost with that.
    private void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}
