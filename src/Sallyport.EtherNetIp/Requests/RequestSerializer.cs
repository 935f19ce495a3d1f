using Sallyport.EtherNetIp.CommonPacketFormat;
using Sallyport.EtherNetIp.Encapsulation;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>The only place of this product that writes EtherNet/IP requests.</summary>
/// <remarks>Every message is looked at by <see cref="ReadServiceGuard"/> once more, as the bytes that it is, before anybody gets it.</remarks>
public static class RequestSerializer
{
    /// <summary>What is in front of an unconnected message, in bytes.</summary>
    public const int UnconnectedOverhead = 40;

    /// <summary>What is in front of a connected message, in bytes, its sequence count included.</summary>
    public const int ConnectedOverhead = 46;

    /// <summary>The size of RegisterSession, in bytes.</summary>
    public const int RegisterSessionSize = EncapsulationHeader.Size + SessionRegistration.Size;

    internal const int ConnectionIdOffset = 36;
    internal const int SequenceOffset = 44;
    private const ushort MaxDelayUnspecified = 0;

    /// <summary>Writes RegisterSession. Its context is zero: some devices refuse any other.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int WriteRegisterSession(Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        WriteHeader(ref writer, EncapsulationCommand.RegisterSession, SessionRegistration.Size, sessionHandle: 0, senderContext: 0);
        writer.UInt16(SessionRegistration.ProtocolVersion);
        writer.UInt16(0);
        return writer.Length;
    }

    /// <summary>Writes UnRegisterSession, which is not answered.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int WriteUnRegisterSession(uint sessionHandle, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        WriteHeader(ref writer, EncapsulationCommand.UnRegisterSession, 0, sessionHandle, senderContext: 0);
        return writer.Length;
    }

    /// <summary>Writes ListIdentity for TCP, where it is answered at once.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int WriteListIdentity(Span<byte> destination) => WriteListIdentity(MaxDelayUnspecified, destination);

    /// <summary>Writes ListIdentity for UDP.</summary>
    /// <param name="maxDelayMs">The answer comes after a random time up to this, in milliseconds: 500 or more; 0 means 2000.</param>
    /// <param name="destination">Has room for a header.</param>
    /// <returns>How many bytes it has.</returns>
    public static int WriteListIdentity(ushort maxDelayMs, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        WriteHeader(ref writer, EncapsulationCommand.ListIdentity, 0, sessionHandle: 0, senderContext: maxDelayMs);
        return writer.Length;
    }

    /// <summary>Writes a request that needs no connection.</summary>
    /// <param name="sessionHandle">The session.</param>
    /// <param name="senderContext">Comes back with the reply.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="destination">Has room for <see cref="UnconnectedOverhead"/> and the size of the request.</param>
    /// <returns>How many bytes it has.</returns>
    public static int WriteUnconnected(uint sessionHandle, ulong senderContext, CipRequest request, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        int size = UnconnectedOverhead - EncapsulationHeader.Size + request.Size;
        WriteHeader(ref writer, EncapsulationCommand.SendRRData, size, sessionHandle, senderContext);
        writer.Zeros(PacketItems.InterfaceHandleAndTimeoutSize);
        writer.UInt16(2);
        writer.UInt16((ushort)ItemType.NullAddress);
        writer.UInt16(0);
        writer.UInt16((ushort)ItemType.UnconnectedData);
        writer.UInt16((ushort)request.Size);
        WriteMessage(request, ref writer, destination);
        return writer.Length;
    }

    /// <summary>Writes a request of a connection.</summary>
    /// <param name="sessionHandle">The session.</param>
    /// <param name="connectionId">The id that the target gave the connection.</param>
    /// <param name="sequence">From 1 on, one more for each new request, and 1 again after 65535: a target answers the same number twice with the same answer.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="destination">Has room for <see cref="ConnectedOverhead"/> and the size of the request.</param>
    /// <returns>How many bytes it has.</returns>
    public static int WriteConnected(uint sessionHandle, uint connectionId, ushort sequence, CipRequest request, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        int size = ConnectedOverhead - EncapsulationHeader.Size + request.Size;
        WriteHeader(ref writer, EncapsulationCommand.SendUnitData, size, sessionHandle, senderContext: 0);
        writer.Zeros(PacketItems.InterfaceHandleAndTimeoutSize);
        writer.UInt16(2);
        writer.UInt16((ushort)ItemType.ConnectedAddress);
        writer.UInt16(sizeof(uint));
        writer.UInt32(connectionId);
        writer.UInt16((ushort)ItemType.ConnectedData);
        writer.UInt16((ushort)(sizeof(ushort) + request.Size));
        writer.UInt16(sequence);
        WriteMessage(request, ref writer, destination);
        return writer.Length;
    }

    /// <summary>The sequence count that follows another one.</summary>
    public static ushort NextSequence(ushort sequence) => sequence == ushort.MaxValue ? (ushort)1 : (ushort)(sequence + 1);

    // A length that its field cannot hold would make other bytes the message than those that were looked at.
    private static void WriteHeader(ref ByteWriter writer, EncapsulationCommand command, int length, uint sessionHandle, ulong senderContext)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, EncapsulationHeader.MaxLength);
        Span<byte> header = stackalloc byte[EncapsulationHeader.Size];
        new EncapsulationHeader(command, (ushort)length, sessionHandle, EncapsulationStatus.Success, senderContext).Write(header);
        writer.Bytes(header);
    }

    private static void WriteMessage(CipRequest request, ref ByteWriter writer, Span<byte> destination)
    {
        int start = writer.Length;
        request.Write(ref writer);
        if (writer.Length - start != request.Size || !ReadServiceGuard.Allows(destination[start..writer.Length]))
        {
            destination[..writer.Length].Clear();
            throw new InvalidOperationException($"{request} is not a request that only reads.");
        }
    }
}
