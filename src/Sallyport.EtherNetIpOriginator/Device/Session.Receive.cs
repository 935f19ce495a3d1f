using System.Net.Sockets;
using Sallyport.EtherNetIp.CommonPacketFormat;
using Sallyport.EtherNetIp.Encapsulation;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <content>What comes, and the ways in which exchanges end.</content>
internal sealed partial class Session
{
    private readonly FrameBuffer _buffer = new();

    private async Task ReceiveAsync()
    {
        // Not on the thread of the caller, who has not got the session yet.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        string reason = "the device closed the connection";
        try
        {
            int count;
            while ((count = await _socket.ReceiveAsync(_buffer.Free, SocketFlags.None)) > 0)
            {
                _buffer.Received(count);
                while (IsOpen && TakeFrame())
                {
                    // Each frame once.
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            reason = "the connection is cut";
        }

        Close(reason);
    }

    private bool TakeFrame()
    {
        FrameArrival arrival = _buffer.Peek(out EncapsulationHeader header, out ReadOnlySpan<byte> body);
        if (arrival is FrameArrival.Incomplete)
        {
            return false;
        }

        if (arrival is FrameArrival.Broken)
        {
            _metrics.ProtocolError();
            Close("the device sent what is no EtherNet/IP frame");
            return false;
        }

        (Lane? answered, string? fault) = Match(header, body);
        _buffer.Take(EncapsulationHeader.Size + header.Length);
        if (fault is not null)
        {
            _metrics.ProtocolError();
            Close(fault);
        }

        // Last, since the next request may be sent inside.
        answered?.EndAnswered(header);
        return true;
    }

    private (Lane? Answered, string? Fault) Match(in EncapsulationHeader header, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            switch (header.Command)
            {
                case EncapsulationCommand.SendUnitData or EncapsulationCommand.SendRRData when header.Status is not EncapsulationStatus.Success:
                    return (null, SessionRefusal.TextOf(header.Status));
                case EncapsulationCommand.SendUnitData:
                    return CipPacket.TryReadConnected(body, out CipPacket connected)
                        ? (MatchConnection_NeedsLock(header, connected), null)
                        : (null, "the device sent a connected message that is not well formed");
                case EncapsulationCommand.SendRRData:
                    return CipPacket.TryReadUnconnected(body, out CipPacket packet)
                        ? (Keep_NeedsLock(header.SessionHandle == _handle && header.SenderContext == _unconnected.Context ? _unconnected : null, header, packet.Message), null)
                        : (null, "the device sent a message that is not well formed");
                case EncapsulationCommand.RegisterSession or EncapsulationCommand.ListIdentity:
                    return (Keep_NeedsLock(_unconnected, header, body), null);
                default:
                    return (null, null);
            }
        }
    }

    private Lane? MatchConnection_NeedsLock(in EncapsulationHeader header, in CipPacket packet)
    {
        foreach (Lane connection in _connections)
        {
            if (connection.Parameters!.ConnectionId == packet.ConnectionId)
            {
                return Keep_NeedsLock(connection.Sequence == packet.Sequence ? connection : null, header, packet.Message);
            }
        }

        return Keep_NeedsLock(null, header, packet.Message);
    }

    // What nobody waits for, or waits for no more, is never data.
    private Lane? Keep_NeedsLock(Lane? lane, in EncapsulationHeader header, ReadOnlySpan<byte> message)
    {
        if (lane is null || !lane.IsWaiting || lane.Command != header.Command)
        {
            _metrics.LateReply();
            return null;
        }

        lane.Shut();
        lane.LastUse = _time.GetTimestamp();
        lane.Keep(message);
        return lane;
    }

    private void OnTimer()
    {
        Lane? late = null;
        lock (_lock)
        {
            _timer.Fired();
            long now = _time.GetTimestamp();
            long next = long.MaxValue;
            foreach (Lane lane in (ReadOnlySpan<Lane>)[_unconnected, .. _connections])
            {
                if (lane.IsWaiting && lane.Due <= now)
                {
                    late ??= lane;
                }
                else if (lane.IsWaiting)
                {
                    next = Math.Min(next, lane.Due);
                }
            }

            if (late is null && next != long.MaxValue && IsOpen)
            {
                _timer.FireAt(next);
            }

            late?.Shut();
        }

        if (late is not null)
        {
            // A reply that comes later dies with the socket.
            _metrics.TimedOut();
            Close("no answer in time");
            late.EndFailed("no answer in time", isSwallowed: false);
        }
    }

    /// <summary>Closes it, and ends all that waits.</summary>
    public void Close(string reason)
    {
        lock (_lock)
        {
            if (_closeReason is not null)
            {
                return;
            }

            _closeReason = reason;
            _timer.Dispose();
        }

        _socket.Dispose();
        _closed(reason);
        End(_unconnected, reason);
        foreach (Lane connection in _connections)
        {
            End(connection, reason);
        }
    }

    private void End(Lane lane, string reason)
    {
        lock (_lock)
        {
            if (!lane.IsWaiting)
            {
                return;
            }

            lane.Shut();
        }

        lane.EndFailed(reason, isSwallowed: true);
    }
}
