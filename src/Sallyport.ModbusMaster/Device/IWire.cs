namespace Sallyport.ModbusMaster.Device;

/// <summary>An open way for bytes: a socket, a TLS stream, a serial port. One receiver at a time; sending may go on beside it.</summary>
internal interface IWire : IDisposable
{
    /// <summary>Hands a request over. It is short and the peer owes an answer to all before it, so that this never waits for long.</summary>
    /// <exception cref="IOException">The way is cut.</exception>
    /// <exception cref="ObjectDisposedException">It was closed by us.</exception>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for bytes. Ends as soon as the wire is disposed.</summary>
    /// <returns>How many came; 0 at the end.</returns>
    /// <exception cref="IOException">The way is cut.</exception>
    /// <exception cref="ObjectDisposedException">It was closed by us.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> destination);

    /// <summary>Why we cut it ourselves; null if we did not.</summary>
    string? CutReason => null;
}
