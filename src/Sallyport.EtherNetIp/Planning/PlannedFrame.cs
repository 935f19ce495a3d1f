using System.Buffers.Binary;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>A frame that is sent again in each round: only what pairs it with its reply is new. Not for two rounds at the same time.</summary>
public sealed class PlannedFrame
{
    private const int SendHeaderSize = 10;
    private readonly byte[] _bytes;
    private readonly int[] _tags;
    private readonly bool _isConnected;
    private readonly int _offsetAt;

    internal PlannedFrame(PlannedFrameKind kind, CipRequest request, int[] tags, ReadChannel channel)
    {
        (Kind, _tags, _isConnected) = (kind, tags, channel.IsConnected);
        CipRequest sent = channel.Route.IsEmpty ? request : CipRequest.UnconnectedSend(request, channel.Route);
        int overhead = _isConnected ? RequestSerializer.ConnectedOverhead : RequestSerializer.UnconnectedOverhead;
        _offsetAt = overhead + (channel.Route.IsEmpty ? 0 : SendHeaderSize) + request.Size - ReadTagFragmentedRequest.OffsetSize;
        _bytes = new byte[overhead + sent.Size];
        _ = _isConnected
            ? RequestSerializer.WriteConnected(sessionHandle: 0, connectionId: 0, sequence: 0, sent, _bytes)
            : RequestSerializer.WriteUnconnected(sessionHandle: 0, senderContext: 0, sent, _bytes);
    }

    /// <summary>What it asks for.</summary>
    public PlannedFrameKind Kind { get; }

    /// <summary>The tags it asks for, by their place in what was planned; in the order of the replies.</summary>
    public ReadOnlySpan<int> Tags => _tags;

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Makes it ready for a connection.</summary>
    /// <param name="sessionHandle">The session.</param>
    /// <param name="connectionId">The id that the target gave the connection.</param>
    /// <param name="sequence">See <see cref="RequestSerializer.WriteConnected"/>.</param>
    /// <exception cref="InvalidOperationException">It was planned without a connection.</exception>
    public void StampConnected(uint sessionHandle, uint connectionId, ushort sequence)
    {
        Check(isConnected: true);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(EncapsulationHeader.SessionHandleOffset), sessionHandle);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(RequestSerializer.ConnectionIdOffset), connectionId);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(RequestSerializer.SequenceOffset), sequence);
    }

    /// <summary>Makes it ready for a session.</summary>
    /// <param name="sessionHandle">The session.</param>
    /// <param name="senderContext">Comes back with the reply.</param>
    /// <exception cref="InvalidOperationException">It was planned for a connection.</exception>
    public void StampUnconnected(uint sessionHandle, ulong senderContext)
    {
        Check(isConnected: false);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(EncapsulationHeader.SessionHandleOffset), sessionHandle);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(EncapsulationHeader.SenderContextOffset), senderContext);
    }

    /// <summary>Makes it ask for the part that begins here.</summary>
    /// <param name="offset">How many bytes came before.</param>
    /// <exception cref="InvalidOperationException">It does not ask for a part.</exception>
    public void StampOffset(uint offset)
    {
        if (Kind is not PlannedFrameKind.Fragment)
        {
            throw new InvalidOperationException("The frame asks for no part.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_offsetAt), offset);
    }

    private void Check(bool isConnected)
    {
        if (_isConnected != isConnected)
        {
            throw new InvalidOperationException(_isConnected ? "The frame was planned for a connection." : "The frame was planned without a connection.");
        }
    }
}
