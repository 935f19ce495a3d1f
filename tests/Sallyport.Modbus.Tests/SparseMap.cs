namespace Sallyport.Modbus.Tests;

/// <summary>The sparse map of the benchmarks: 200 points such as the register list of a mid-size controller has them.</summary>
/// <remarks>Eight clusters of 22 values in holding and input registers, 1, 2 and 4 registers wide, with unused registers between them, hundreds of addresses apart,
/// and one cluster of 24 coils. One request per point takes 200 requests; none of the clusters needs more than one.</remarks>
public static class SparseMap
{
    /// <summary>How many points there are.</summary>
    public const int Count = 200;

    private const int ValuesPerCluster = 22;
    private const int Coils = 24;

    private static readonly int[] HoldingClusters = [0, 400, 1000, 1500, 4000, 9000];
    private static readonly int[] InputClusters = [100, 30_000];
    private static readonly int[] Widths = [2, 2, 1, 4, 1, 2, 1];
    private static readonly int[] Unused = [0, 0, 1, 0, 4, 0, 0, 7, 0, 2];

    /// <summary>The points, by table and address.</summary>
    public static PointAddress[] Points() =>
    [
        .. HoldingClusters.SelectMany(start => Registers(ModbusTable.HoldingRegister, start)),
        .. InputClusters.SelectMany(start => Registers(ModbusTable.InputRegister, start)),
        .. Enumerable.Range(0, Coils).Select(i => new PointAddress(ModbusTable.Coil, (ushort)(200 + (i * 5)), Width: 1)),
    ];

    private static IEnumerable<PointAddress> Registers(ModbusTable table, int start)
    {
        int address = start;
        for (int i = 0; i < ValuesPerCluster; i++)
        {
            var point = new PointAddress(table, (ushort)address, Widths[i % Widths.Length]);
            yield return point;
            address += point.Width + Unused[i % Unused.Length];
        }
    }
}
