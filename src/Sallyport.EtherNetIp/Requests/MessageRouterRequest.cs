namespace Sallyport.EtherNetIp.Requests;

/// <summary>A request as it is on the wire, whoever wrote it.</summary>
public readonly ref struct MessageRouterRequest
{
    private MessageRouterRequest(byte service, ReadOnlySpan<byte> path, ReadOnlySpan<byte> data)
    {
        Service = service;
        Path = path;
        Data = data;
    }

    /// <summary>What is asked; any number.</summary>
    public byte Service { get; }

    /// <summary>Of what, in the buffer of the message.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>What belongs to the service, in the buffer of the message.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads a message.</summary>
    /// <returns>False if it is a reply or ends before its path does.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageRouterRequest request)
    {
        var reader = new ByteReader(message);
        request = default;
        if (!reader.TryReadByte(out byte service) || service >= 0x80
            || !reader.TryReadByte(out byte words) || !reader.TryRead(words * 2, out ReadOnlySpan<byte> path))
        {
            return false;
        }

        request = new MessageRouterRequest(service, path, reader.Rest);
        return true;
    }
}
