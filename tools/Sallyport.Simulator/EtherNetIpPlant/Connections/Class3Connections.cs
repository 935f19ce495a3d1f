using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Connections;

/// <summary>The class-3 connections: opened, watched and closed by the object of class 6, the connection manager. Guarded by one lock.</summary>
/// <remarks>A connection whose watchdog has run out is found and dropped when anybody asks for connections; nothing else could tell the difference.</remarks>
internal sealed class Class3Connections(DeviceIdentity identity, DeviceTraits traits, TimeProvider time)
{
    /// <summary>Its class.</summary>
    public const uint Class = 6;

    private const byte TransportClass3 = 3;
    private const byte TransportClassMask = 0x0F;
    private const int LongestMultiplier = 7;
    private const int CloseLength = 12;
    private const ushort ConnectionInUse = 0x0100;
    private const ushort UnsupportedTransport = 0x0103;
    private const ushort ConnectionNotFound = 0x0107;
    private const ushort InvalidParameter = 0x0108;
    private const ushort InvalidSize = 0x0109;
    private const ushort OutOfConnections = 0x0113;
    private const ushort ClosePathMismatch = 0x0316;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, Class3Connection> _connections = [];
    private uint _lastId = 0x2000_0000;

    /// <summary>How many connections are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                DropTimedOut_NeedsLock();
                return _connections.Count;
            }
        }
    }

    /// <summary>Answers Forward Open, Large Forward Open and Forward Close.</summary>
    public void Answer(in CipRequest request, CipExchange exchange)
    {
        switch (request.Service)
        {
            case CipService.ForwardOpen:
                Open(request, isLarge: false, exchange);
                break;
            case CipService.LargeForwardOpen when traits.KnowsLargeForwardOpen:
                Open(request, isLarge: true, exchange);
                break;
            case CipService.ForwardClose:
                Close(request, exchange);
                break;
            default:
                exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
                break;
        }
    }

    /// <summary>The connection that a request belongs to, or null: it was never opened, was closed, timed out, or is another client's. Feeds its watchdog.</summary>
    public Class3Connection? Find(uint id, uint sessionHandle)
    {
        lock (_lock)
        {
            DropTimedOut_NeedsLock();
            if (!_connections.TryGetValue(id, out var connection) || connection.SessionHandle != sessionHandle)
            {
                return null;
            }

            connection.LastSeen = time.GetTimestamp();
            return connection;
        }
    }

    /// <summary>Drops the connections of a client that is gone.</summary>
    public void Drop(uint sessionHandle)
    {
        lock (_lock)
        {
            foreach (var (id, _) in _connections.Where(connection => connection.Value.SessionHandle == sessionHandle))
            {
                _connections.Remove(id);
            }
        }
    }

    private void Open(in CipRequest request, bool isLarge, CipExchange exchange)
    {
        if (!ForwardOpenRequest.TryRead(request.Data, isLarge, out var open))
        {
            exchange.Refuse(request.Service, CipStatus.NotEnoughData);
            return;
        }

        var (status, remainingWords) = Judge(open, isLarge);
        if (status == CipStatus.Success)
        {
            status = Add(open, exchange.SessionHandle, out var id);
            if (status == CipStatus.Success)
            {
                Opened(request.Service, open, id, exchange.Reply);
                return;
            }
        }

        Failed(request.Service, status, open.Originator, remainingWords, exchange);
    }

    private (CipStatus Status, byte RemainingWords) Judge(in ForwardOpenRequest open, bool isLarge)
    {
        var largest = isLarge ? traits.LargestLargeConnection : traits.LargestConnection;
        var size = Math.Max(ForwardOpenRequest.SizeOf(open.RequestParameters), ForwardOpenRequest.SizeOf(open.ReplyParameters));
        return (open.Transport & TransportClassMask) != TransportClass3 ? (CipStatus.ConnectionFailure(UnsupportedTransport), (byte)0)
            : open.TimeoutMultiplier > LongestMultiplier
                || !ForwardOpenRequest.IsPointToPoint(open.RequestParameters) || !ForwardOpenRequest.IsPointToPoint(open.ReplyParameters)
                ? (CipStatus.ConnectionFailure(InvalidParameter), (byte)0)
            : size > largest ? (CipStatus.ConnectionFailure(InvalidSize, (ushort)largest), (byte)0)
            : ConnectionPath.Follow(identity, traits, open.Path);
    }

    private CipStatus Add(in ForwardOpenRequest open, uint sessionHandle, out uint id)
    {
        lock (_lock)
        {
            id = 0;
            DropTimedOut_NeedsLock();
            foreach (var other in _connections.Values)
            {
                if (other.Originator == open.Originator)
                {
                    return CipStatus.ConnectionFailure(ConnectionInUse);
                }
            }

            if (_connections.Count >= traits.MostConnections)
            {
                return CipStatus.ConnectionFailure(OutOfConnections);
            }

            id = ++_lastId;
            var connection = new Class3Connection(
                id,
                open.TargetToOriginatorId,
                open.Originator,
                open.Path.ToArray(),
                ForwardOpenRequest.SizeOf(open.RequestParameters),
                ForwardOpenRequest.SizeOf(open.ReplyParameters),
                TimeSpan.FromMicroseconds((double)open.RequestInterval * (4 << open.TimeoutMultiplier)),
                sessionHandle)
            {
                LastSeen = time.GetTimestamp(),
            };
            _connections.Add(id, connection);
            return CipStatus.Success;
        }
    }

    private void Close(in CipRequest request, CipExchange exchange)
    {
        var data = request.Data;
        if (data.Length < CloseLength || data.Length != CloseLength + (2 * data[CloseLength - 2]))
        {
            exchange.Refuse(request.Service, CipStatus.NotEnoughData);
            return;
        }

        var originator = new OriginatorKey(
            BinaryPrimitives.ReadUInt16LittleEndian(data[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(data[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(data[6..]));
        var status = Remove(originator, data[CloseLength..]);
        if (status != CipStatus.Success)
        {
            Failed(request.Service, status, originator, remainingWords: 0, exchange);
            return;
        }

        exchange.Reply.Begin(request.Service);
        Write(originator, exchange.Reply);
        exchange.Reply.UInt16(0);
    }

    private CipStatus Remove(OriginatorKey originator, ReadOnlySpan<byte> path)
    {
        lock (_lock)
        {
            DropTimedOut_NeedsLock();
            if (_connections.Values.FirstOrDefault(connection => connection.Originator == originator) is not { } found)
            {
                return CipStatus.ConnectionFailure(ConnectionNotFound);
            }

            if (!path.SequenceEqual(found.Path))
            {
                return CipStatus.ConnectionFailure(ClosePathMismatch);
            }

            _connections.Remove(found.Id);
            return CipStatus.Success;
        }
    }

    private static void Opened(byte service, in ForwardOpenRequest open, uint id, ReplyWriter reply)
    {
        reply.Begin(service);
        reply.UInt32(id);
        reply.UInt32(open.TargetToOriginatorId);
        Write(open.Originator, reply);
        reply.UInt32(open.RequestInterval);
        reply.UInt32(open.ReplyInterval);
        reply.UInt16(0);
    }

    private static void Failed(byte service, CipStatus status, OriginatorKey originator, byte remainingWords, CipExchange exchange)
    {
        exchange.Refuse(service, status);
        Write(originator, exchange.Reply);
        exchange.Reply.Byte(remainingWords);
        exchange.Reply.Byte(0);
    }

    private static void Write(OriginatorKey originator, ReplyWriter reply)
    {
        reply.UInt16(originator.ConnectionSerial);
        reply.UInt16(originator.VendorId);
        reply.UInt32(originator.OriginatorSerial);
    }

    private void DropTimedOut_NeedsLock()
    {
        foreach (var (id, connection) in _connections)
        {
            if (time.GetElapsedTime(connection.LastSeen) > connection.Timeout)
            {
                _connections.Remove(id);
            }
        }
    }
}
