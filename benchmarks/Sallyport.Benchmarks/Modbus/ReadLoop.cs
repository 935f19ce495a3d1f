using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>Reads the same block of 125 registers again and again.</summary>
internal static class ReadLoop
{
    public const int RegistersPerRead = 125;

    private static readonly ReadRequest Request = new(ModbusTable.HoldingRegister, 0, RegistersPerRead);

    /// <summary>Reads in a number of lanes at once, one request at a time in each.</summary>
    /// <returns>Reads per second.</returns>
    public static async Task<double> RunAsync(IModbusMaster master, int reads, int lanes = 1)
    {
        long started = TimeProvider.System.GetTimestamp();
        if (lanes == 1)
        {
            await ReadAsync(master, reads);
        }
        else
        {
            await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => ReadAsync(master, reads / lanes)));
        }

        return reads / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ReadAsync(IModbusMaster master, int reads)
    {
        byte[] data = new byte[Request.ByteCount];
        for (int i = 0; i < reads; i++)
        {
            ReadOutcome outcome = await master.ReadAsync(unitId: 1, Request, data, CancellationToken.None);
            if (outcome is not ReadOutcome.Good)
            {
                throw new InvalidOperationException($"A read failed: {outcome}.");
            }
        }
    }
}
