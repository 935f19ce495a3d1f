namespace Sallyport.Modbus;

/// <summary>One request on a serial line and the only reply that answers it, found among whatever else the line brings.</summary>
/// <param name="UnitId">The device that is asked; the reply must carry the same.</param>
/// <param name="Request">What is asked.</param>
/// <remarks>Modbus over Serial Line V1.02, section 2.5.1. The end of a frame is known by its length and its CRC, never by a pause: adapters and
/// networks deliver in bursts. What stands before the reply is skipped: bits of the driver that turns on, frames of others, and the echo of our own
/// request, which some adapters hear. A frame that equals the request to the last byte is always taken for its echo.</remarks>
public readonly record struct RtuExchange(byte UnitId, ModbusRequest Request)
{
    /// <summary>The longest frame: unit id, PDU, CRC.</summary>
    public const int MaxFrameLength = 1 + MbapHeader.MaxPduLength + RtuCrc.Size;

    private const int ExceptionFrameLength = 1 + ReplyPdu.ExceptionLength + RtuCrc.Size;
    private const int PduOffset = 1;
    private const int ByteCountOffset = 2;

    private enum Look
    {
        Nothing,
        Incomplete,
        Damaged,
        Whole,
    }

    /// <summary>The length of the longest correct reply, in bytes; what the wire needs time for.</summary>
    public int MaxReplyLength => PduOffset + Request.MaxReplyPduLength + RtuCrc.Size;

    /// <summary>Finds the reply.</summary>
    /// <param name="sent">The request as it was sent.</param>
    /// <param name="received">All that has come since.</param>
    /// <param name="data">Receives the data bytes; see <see cref="ReplyPdu.Read"/>.</param>
    /// <param name="reply">Data or exception.</param>
    /// <param name="skipped">How many bytes in front of the reply belonged to something else.</param>
    /// <returns>False if it has not come yet.</returns>
    /// <exception cref="ModbusProtocolException">The unit answered with a sound frame that has more or fewer data than were asked for.</exception>
    public bool TryFindReply(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received, Span<byte> data, out ReadReply reply, out int skipped)
    {
        reply = default;
        for (skipped = 0; skipped < received.Length; skipped++)
        {
            ReadOnlySpan<byte> rest = received[skipped..];
            if (rest.StartsWith(sent))
            {
                skipped += sent.Length - 1;
            }
            else if (LookAt(rest, out int length) == Look.Whole)
            {
                reply = ReplyPdu.Read(Request, rest[PduOffset..(length - RtuCrc.Size)], data);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something of the form of the reply came, but with a wrong CRC. Asked when the time is up.</summary>
    public bool HasDamagedReply(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        for (int at = 0; at < received.Length; at++)
        {
            if (received[at..].StartsWith(sent))
            {
                at += sent.Length - 1;
            }
            else if (LookAt(received[at..], out _) == Look.Damaged)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSound(ReadOnlySpan<byte> frame) => RtuCrc.Of(frame) == 0;

    private Look LookAt(ReadOnlySpan<byte> rest, out int length)
    {
        length = ExceptionFrameLength;
        if (rest.Length < ExceptionFrameLength || rest[0] != UnitId)
        {
            return Look.Nothing;
        }

        if (rest[PduOffset] == (Request.FunctionCode | ReplyPdu.ExceptionFlag))
        {
            return IsSound(rest[..length]) ? Look.Whole : Look.Damaged;
        }

        return rest[PduOffset] != Request.FunctionCode ? Look.Nothing
            : Request is ReadRequest read ? LookAtRead(read, rest, out length)
            : LookAtIdentification(rest, out length);
    }

    private Look LookAtRead(ReadRequest read, ReadOnlySpan<byte> rest, out int length)
    {
        byte byteCount = rest[ByteCountOffset];
        length = PduOffset + ReplyPdu.DataOffset + byteCount + RtuCrc.Size;
        if (byteCount == read.ByteCount)
        {
            return rest.Length < length ? Look.Incomplete : IsSound(rest[..length]) ? Look.Whole : Look.Damaged;
        }

        if (rest.Length >= length && IsSound(rest[..length]))
        {
            throw new ModbusProtocolException(ModbusFault.ByteCount, $"Unit {UnitId} sent {byteCount} bytes of data, not {read.ByteCount}.");
        }

        return Look.Nothing;
    }

    private static Look LookAtIdentification(ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        try
        {
            if (!IdentificationReply.TryMeasure(rest[PduOffset..], out int pduLength))
            {
                return Look.Incomplete;
            }

            length = PduOffset + pduLength + RtuCrc.Size;
            return rest.Length < length ? Look.Incomplete : IsSound(rest[..length]) ? Look.Whole : Look.Damaged;
        }
        catch (ModbusProtocolException)
        {
            // Bytes of somebody else that happen to begin like an identification.
            return Look.Nothing;
        }
    }
}
