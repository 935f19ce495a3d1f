using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Reads from the units behind one connection. Any number of callers; <see cref="Depth"/> requests at a time go over the wire.</summary>
public interface IModbusMaster : IAsyncDisposable
{
    /// <summary>How many requests may be on their way at once: 1, unless the connection was configured for more and the device keeps up with it. A caller
    /// that has more than one request for a unit gains by issuing so many.</summary>
    int Depth { get; }

    /// <summary>Sends one request and waits for its answer, connecting first if need be. What the device did is an outcome, never an exception.</summary>
    /// <param name="unitId">The unit.</param>
    /// <param name="request">What to read.</param>
    /// <param name="data">Receives the data bytes: at least <see cref="ReadRequest.ByteCount"/> long, not read or written after the call.</param>
    /// <param name="cancellationToken">Ends waiting for the line and for the connection. A request that is on its way is not cut short:
    /// what the device gives must not be thrown away, and its time limit is short.</param>
    ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken);

    /// <summary>Asks a unit who it is: vendor, product, revision, and more if it knows more. Some old devices take offence at the function, so that it is
    /// called only on demand, and none of its requests is repeated.</summary>
    /// <remarks>It takes several requests; those of other callers come between them.</remarks>
    ValueTask<IdentifyOutcome> IdentifyAsync(byte unitId, CancellationToken cancellationToken);
}
