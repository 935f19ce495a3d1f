using System.Buffers.Binary;
using System.Net;
using Sallyport.Simulator.EtherNetIpPlant.Connections;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>One client's end of the encapsulation layer: frames in, frames out. No sockets; not safe for several threads.</summary>
/// <param name="device">Who answers.</param>
/// <param name="endpoint">Where the client reached it.</param>
/// <param name="handle">The session handle that this client will get.</param>
internal sealed class EncapsulationSession(EtherNetIpDevice device, IPEndPoint endpoint, uint handle)
{
    private const int RegistrationLength = 4;
    private const ushort ProtocolVersion = 1;
    private const int SequenceLength = sizeof(ushort);
    private const ushort ListServicesItem = 0x0100;
    private const ushort TcpAndCip = 0x0120;
    private const ushort SocketAddressItem = 0x8001;
    private const int SocketAddressLength = 16;

    private bool _isRegistered;

    /// <summary>The request that is being answered, and its reply.</summary>
    public CipExchange Exchange { get; } = new() { SessionHandle = handle };

    /// <summary>The connection that the last message came on; null for an unconnected one.</summary>
    public Class3Connection? Connection { get; private set; }

    /// <summary>Answers one frame.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="body">What follows it.</param>
    /// <param name="manners">How to treat it, when it carries a message.</param>
    public SessionOutcome Answer(in EncapsulationHeader header, ReadOnlySpan<byte> body, EtherNetIpManners manners)
    {
        Connection = null;
        Exchange.Drawn.Clear();
        var reply = Exchange.Reply;
        (reply.Position, reply.End) = (EncapsulationHeader.Size, ReplyWriter.Capacity);
        if (header.Command is EncapsulationCommand.Nop || header.Options != 0)
        {
            return SessionOutcome.Silence;
        }

        var status = EncapsulationStatus.Success;
        switch (header.Command)
        {
            case EncapsulationCommand.ListServices:
                ListServices(reply);
                break;
            case EncapsulationCommand.ListIdentity:
                IdentityItem.Write(device, endpoint, reply);
                break;
            case EncapsulationCommand.ListInterfaces:
                reply.UInt16(0);
                break;
            case EncapsulationCommand.RegisterSession:
                status = Register(body, reply);
                break;
            case EncapsulationCommand.UnRegisterSession:
                return SessionOutcome.Close;
            case EncapsulationCommand.SendRRData or EncapsulationCommand.SendUnitData:
                var isConnected = header.Command is EncapsulationCommand.SendUnitData;
                if (manners.Rudeness is EtherNetIpRudeness.SessionLost)
                {
                    Lose();
                }

                CommonPacket packet = default;
                status = !_isRegistered || header.SessionHandle != handle ? EncapsulationStatus.InvalidSessionHandle
                    : !CommonPacket.TryRead(body, isConnected, out packet) ? EncapsulationStatus.IncorrectData
                    : EncapsulationStatus.Success;
                if (status is EncapsulationStatus.Success && !(isConnected ? Connected(packet, manners) : Unconnected(packet, manners)))
                {
                    return SessionOutcome.Silence;
                }

                break;
            default:
                status = EncapsulationStatus.InvalidCommand;
                break;
        }

        Finish(header, status);
        return SessionOutcome.Reply;
    }

    /// <summary>Forgets the session and its connections.</summary>
    public void Lose()
    {
        _isRegistered = false;
        device.Connections.Drop(handle);
    }

    private void Finish(in EncapsulationHeader request, EncapsulationStatus status)
    {
        var reply = Exchange.Reply;
        if (status is not EncapsulationStatus.Success)
        {
            reply.Position = EncapsulationHeader.Size;
        }

        var session = request.Command is EncapsulationCommand.RegisterSession && _isRegistered ? handle : request.SessionHandle;
        var header = request with { Length = (ushort)(reply.Position - EncapsulationHeader.Size), SessionHandle = session, Status = (uint)status };
        header.Write(reply.Bytes);
    }

    private EncapsulationStatus Register(ReadOnlySpan<byte> body, ReplyWriter reply)
    {
        var status = device.Traits.IsLockedToSecurePort ? EncapsulationStatus.ServiceNotAllowed
            : body.Length != RegistrationLength ? EncapsulationStatus.InvalidLength
            : BinaryPrimitives.ReadUInt16LittleEndian(body) != ProtocolVersion ? EncapsulationStatus.UnsupportedProtocolRevision
            : _isRegistered ? EncapsulationStatus.IncorrectData
            : EncapsulationStatus.Success;
        if (status is EncapsulationStatus.Success)
        {
            _isRegistered = true;
            reply.Raw(body);
        }

        return status;
    }

    private bool Unconnected(in CommonPacket packet, EtherNetIpManners manners)
    {
        var reply = Exchange.Reply;
        var lengthAt = BeginItems(CommonPacket.NullAddress, connectionId: null, CommonPacket.UnconnectedData, manners);
        reply.End = reply.Position + device.Traits.LargestUnconnectedReply;
        Answer(packet.Data, manners);
        EndItems(lengthAt, manners);
        return true;
    }

    private bool Connected(in CommonPacket packet, EtherNetIpManners manners)
    {
        // A real device says nothing to what belongs to no connection, or is larger than it.
        if (packet.Data.Length < SequenceLength
            || device.Connections.Find(packet.ConnectionId, handle) is not { } connection
            || packet.Data.Length > connection.RequestSize)
        {
            return false;
        }

        Connection = connection;
        var reply = Exchange.Reply;
        var sequence = BinaryPrimitives.ReadUInt16LittleEndian(packet.Data);
        var lengthAt = BeginItems(CommonPacket.ConnectedAddress, connection.ReplyId, CommonPacket.ConnectedData, manners);
        reply.UInt16(manners.Rudeness is EtherNetIpRudeness.WrongSequence ? (ushort)~sequence : sequence);
        reply.End = reply.Position + connection.ReplySize - SequenceLength;
        if (connection.LastSequence == sequence)
        {
            reply.Raw(connection.LastReply);
            Exchange.Drawn.AddRange(connection.LastDrawn);
        }
        else
        {
            var start = reply.Position;
            Answer(packet.Data[SequenceLength..], manners);
            connection.Keep(sequence, reply.Bytes[start..]);
            connection.LastDrawn.Clear();
            connection.LastDrawn.AddRange(Exchange.Drawn);
        }

        EndItems(lengthAt, manners);
        return true;
    }

    private void Answer(ReadOnlySpan<byte> message, EtherNetIpManners manners)
    {
        if (manners.Status is { } status)
        {
            Exchange.Refuse(message.IsEmpty ? (byte)0 : message[0], status);
        }
        else
        {
            device.Answer(message, Exchange);
        }
    }

    private int BeginItems(ushort addressType, uint? connectionId, ushort dataType, EtherNetIpManners manners)
    {
        var reply = Exchange.Reply;
        reply.UInt32(0);
        reply.UInt16(0);
        reply.UInt16((ushort)(manners.Rudeness is EtherNetIpRudeness.ExtraItems ? 3 : 2));
        reply.UInt16(addressType);
        reply.UInt16((ushort)(connectionId is null ? 0 : sizeof(uint)));
        if (connectionId is { } id)
        {
            reply.UInt32(id);
        }

        reply.UInt16(dataType);
        reply.UInt16(0);
        return reply.Position - sizeof(ushort);
    }

    private void EndItems(int lengthAt, EtherNetIpManners manners)
    {
        var reply = Exchange.Reply;
        var data = lengthAt + sizeof(ushort);
        if (manners.Rudeness is EtherNetIpRudeness.ShortData && reply.Position > data)
        {
            reply.Position--;
        }

        reply.PatchUInt16(lengthAt, reply.Position - data);
        if (manners.Rudeness is EtherNetIpRudeness.ExtraItems)
        {
            reply.UInt16(SocketAddressItem);
            reply.UInt16(SocketAddressLength);
            reply.Take(SocketAddressLength).Clear();
        }
    }

    private static void ListServices(ReplyWriter reply)
    {
        reply.UInt16(1);
        reply.UInt16(ListServicesItem);
        reply.UInt16(20);
        reply.UInt16(ProtocolVersion);
        reply.UInt16(TcpAndCip);
        reply.Raw("Communications\0\0"u8);
    }
}
