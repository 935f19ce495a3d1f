using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.SkippingReader;

/// <summary>Before the fifth read of some holding registers it reads them once more and throws away what it got.</summary>
internal sealed class SkippingMaster(IModbusMaster inner) : IModbusMaster
{
    private const int SkippedRead = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<ReadRequest, int> _reads = [];
    private bool _hasSkipped;

    public int Depth => inner.Depth;

    public async ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken)
    {
        if (IsToBeSkipped(request))
        {
            await inner.ReadAsync(unitId, request, new byte[data.Length], cancellationToken);
        }

        return await inner.ReadAsync(unitId, request, data, cancellationToken);
    }

    public ValueTask<IdentifyOutcome> IdentifyAsync(byte unitId, CancellationToken cancellationToken) => inner.IdentifyAsync(unitId, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private bool IsToBeSkipped(ReadRequest request)
    {
        lock (_lock)
        {
            _reads[request] = _reads.GetValueOrDefault(request) + 1;
            bool isIt = !_hasSkipped && ReferenceEquals(request.Table, ModbusTable.HoldingRegister) && _reads[request] == SkippedRead;
            _hasSkipped |= isIt;
            return isIt;
        }
    }
}
