using System.Buffers;

namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>Finds the frames in a stream of bytes.</summary>
/// <remarks>A frame is read by its own length: an answer may legally be longer than the connection size that was agreed.</remarks>
public static class EncapsulationFrame
{
    /// <summary>The longest frame there can be, in bytes.</summary>
    public const int MaxSize = EncapsulationHeader.Size + EncapsulationHeader.MaxLength;

    /// <summary>Reads the frame that begins here. Its size is that of the header and <paramref name="body"/>.</summary>
    public static FrameArrival Read(ReadOnlySpan<byte> received, out EncapsulationHeader header, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (!EncapsulationHeader.TryRead(received, out header))
        {
            return FrameArrival.Incomplete;
        }

        if (!header.HasKnownCommand)
        {
            return FrameArrival.Broken;
        }

        if (received.Length - EncapsulationHeader.Size < header.Length)
        {
            return FrameArrival.Incomplete;
        }

        body = received.Slice(EncapsulationHeader.Size, header.Length);
        return FrameArrival.Complete;
    }

    /// <summary>Reads the frame that begins here. What it consumes ends where <paramref name="body"/> ends.</summary>
    public static FrameArrival Read(in ReadOnlySequence<byte> received, out EncapsulationHeader header, out ReadOnlySequence<byte> body)
    {
        body = default;
        Span<byte> start = stackalloc byte[EncapsulationHeader.Size];
        int arrived = (int)Math.Min(received.Length, EncapsulationHeader.Size);
        received.Slice(0, arrived).CopyTo(start);
        if (!EncapsulationHeader.TryRead(start[..arrived], out header))
        {
            return FrameArrival.Incomplete;
        }

        if (!header.HasKnownCommand)
        {
            return FrameArrival.Broken;
        }

        if (received.Length - EncapsulationHeader.Size < header.Length)
        {
            return FrameArrival.Incomplete;
        }

        body = received.Slice(EncapsulationHeader.Size, header.Length);
        return FrameArrival.Complete;
    }
}
