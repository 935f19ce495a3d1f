namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>A message router request: service, path, data.</summary>
internal readonly ref struct CipRequest
{
    private const int HeaderLength = 2;

    private CipRequest(byte service, ReadOnlySpan<byte> path, ReadOnlySpan<byte> data)
    {
        Service = service;
        Path = path;
        Data = data;
    }

    /// <summary>Service code, without the reply bit.</summary>
    public byte Service { get; }

    /// <summary>The padded path.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>What follows the path.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads a request; false when it ends before its path does.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out CipRequest request)
    {
        request = default;
        if (message.Length < HeaderLength || message.Length < HeaderLength + (2 * message[1]))
        {
            return false;
        }

        var pathLength = 2 * message[1];
        request = new(message[0], message.Slice(HeaderLength, pathLength), message[(HeaderLength + pathLength)..]);
        return true;
    }
}
