using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>One request and what it brought.</summary>
/// <param name="Request">The request.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Data">The data bytes, if it ended well.</param>
internal sealed record AddressBlock(ReadRequest Request, ReadOutcome Outcome, ReadOnlyMemory<byte> Data)
{
    /// <summary>Whether there is data.</summary>
    public bool IsGood => Outcome is ReadOutcome.Good;

    /// <summary>Reads a range in as few requests as the specification allows. A connection that failed is not tried again for the rest.</summary>
    public static async Task<List<AddressBlock>> ReadAsync(
        IModbusMaster master, byte unitId, ModbusTable table, int address, int count, CancellationToken cancellationToken)
    {
        var blocks = new List<AddressBlock>();
        int end = address + count;
        for (int at = address; at < end; at += table.MaxQuantity)
        {
            AddressBlock block = await ReadAsync(master, unitId, new ReadRequest(table, at, Math.Min(table.MaxQuantity, end - at)), cancellationToken);
            blocks.Add(block);
            if (block.Outcome is not ReadOutcome.Good and not ReadOutcome.Refused)
            {
                break;
            }
        }

        return blocks;
    }

    /// <summary>Sends one request.</summary>
    public static async Task<AddressBlock> ReadAsync(IModbusMaster master, byte unitId, ReadRequest request, CancellationToken cancellationToken)
    {
        byte[] data = new byte[request.ByteCount];
        ReadOutcome outcome = await master.ReadAsync(unitId, request, data, cancellationToken);
        return new AddressBlock(request, outcome, data);
    }
}
