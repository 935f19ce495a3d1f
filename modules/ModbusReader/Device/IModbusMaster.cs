using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Device;

/// <summary>Reads from the units behind one connection. Any number of callers; one request at a time goes over the wire.</summary>
internal interface IModbusMaster : IAsyncDisposable
{
    /// <summary>Sends one request and waits for its answer, connecting first if need be. What the device did is an outcome, never an exception.</summary>
    /// <param name="unitId">The unit.</param>
    /// <param name="request">What to read.</param>
    /// <param name="data">Receives the data bytes: at least <see cref="ReadRequest.ByteCount"/> long, not read or written after the call.</param>
    /// <param name="cancellationToken">Ends waiting for the line and for the connection. A request that is on its way is not cut short:
    /// what the device gives must not be thrown away, and its time limit is short.</param>
    ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken);
}
