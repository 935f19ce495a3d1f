namespace Sallyport.EtherNetIp.Requests;

/// <summary>What is in an Unconnected Send: a message and the way it goes.</summary>
public readonly ref struct PassedOnMessage
{
    private const int PriorityAndTicksSize = 2;

    private PassedOnMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte> route)
    {
        Message = message;
        Route = route;
    }

    /// <summary>The message, in the buffer of the request.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>The port segments, in the buffer of the request.</summary>
    public ReadOnlySpan<byte> Route { get; }

    /// <summary>Reads the data of the request.</summary>
    /// <returns>False if it ends too early.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out PassedOnMessage passedOn)
    {
        var reader = new ByteReader(data);
        passedOn = default;
        if (!reader.TrySkip(PriorityAndTicksSize) || !reader.TryReadUInt16(out ushort length) || !reader.TryRead(length, out ReadOnlySpan<byte> message)
            || !reader.TrySkip(length & 1) || !reader.TryReadByte(out byte words) || !reader.TrySkip(1)
            || !reader.TryRead(words * 2, out ReadOnlySpan<byte> route))
        {
            return false;
        }

        passedOn = new PassedOnMessage(message, route);
        return true;
    }
}
