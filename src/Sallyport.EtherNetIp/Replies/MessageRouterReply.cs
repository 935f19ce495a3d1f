using System.Buffers.Binary;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Replies;

/// <summary>A reply as it is on the wire.</summary>
/// <remarks>CIP Volume 1, section 2-4.2.</remarks>
public readonly ref struct MessageRouterReply
{
    /// <summary>Size of a reply without additional status and data, in bytes.</summary>
    public const int HeaderSize = 4;

    private const byte ReplyFlag = 0x80;

    private MessageRouterReply(byte service, CipStatus status, ReadOnlySpan<byte> additionalStatus, ReadOnlySpan<byte> data)
    {
        ServiceNumber = service;
        Status = status;
        AdditionalStatus = additionalStatus;
        Data = data;
    }

    /// <summary>The service that was asked for, any number.</summary>
    public byte ServiceNumber { get; }

    /// <summary>The service that was asked for.</summary>
    public CipService Service => (CipService)ServiceNumber;

    /// <summary>How the device answered.</summary>
    public CipStatus Status { get; }

    /// <summary>All words of additional status, in the buffer of the message.</summary>
    public ReadOnlySpan<byte> AdditionalStatus { get; }

    /// <summary>What follows, in the buffer of the message.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads a message. Some devices claim more additional status than they send: what is there is taken.</summary>
    /// <returns>False if it is a request or ends too early.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageRouterReply reply)
    {
        reply = default;
        if (message.Length < HeaderSize || (message[0] & ReplyFlag) == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = message[HeaderSize..];
        int claimed = message[3] * sizeof(ushort);
        ReadOnlySpan<byte> additional = rest[..Math.Min(claimed, rest.Length)];
        ushort extended = additional.Length >= sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(additional) : (ushort)0;
        reply = new MessageRouterReply(
            (byte)(message[0] & ~ReplyFlag), new CipStatus(message[2], extended), additional, rest[additional.Length..]);
        return true;
    }

    /// <summary>Whether a device on the way answered instead of the one that was asked. Both answer an Unconnected Send with the same number.</summary>
    /// <remarks>A failure of the way names its reason, or ends with the size of the path that was left; a reply of the device itself does neither.</remarks>
    public bool IsFailureOnTheWay =>
        Service is CipService.UnconnectedSend && (Status.General is 0x01 || (Status.General is 0x02 or 0x04 && Data.Length is 1 or 2));
}
