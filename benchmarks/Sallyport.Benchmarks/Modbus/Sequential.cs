using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>One connection, one request of 125 registers at a time: ours and libmodbus' C client on the same libmodbus server, in turn.</summary>
internal static class Sequential
{
    private const int Port = 15020;
    private const int Rounds = 9;
    private const int FirstReads = 5_000;

    public static async Task RunAsync(PeerPrograms programs, Report report)
    {
        await using ModbusServer server = await ModbusServer.StartAsync(programs, Port);
        await using IModbusMaster master = Production.Master(Production.Plan(Production.Document(Connection())));
        double first = await LibmodbusAsync(programs, FirstReads);
        await ReadLoop.RunAsync(master, FirstReads);

        // About a second each.
        int reads = (int)first;
        IReadOnlyList<(double Ours, double Peer)> rounds = await AlternatingRounds.AlternateAsync(
            Rounds, () => ReadLoop.RunAsync(master, reads), () => LibmodbusAsync(programs, reads));
        report.Add("sequentialReadsPerSecond", AlternatingRounds.Median(rounds.Select(round => round.Ours)), "sequential reads a second");
        report.Add("libmodbusReadsPerSecond", AlternatingRounds.Median(rounds.Select(round => round.Peer)), "libmodbus' C client");
        report.Add("sequentialRatioVsLibmodbus", AlternatingRounds.Median(rounds.Select(round => round.Ours / round.Peer)), "ratio (median of rounds)", "≥ 1.0");
        report.Add("bytesAllocatedPerRead", await AllocationAsync(master, reads), "bytes allocated per read", "≤ 200");
    }

    private static async Task<double> AllocationAsync(IModbusMaster master, int reads)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await ReadLoop.RunAsync(master, reads);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)reads;
    }

    private static async Task<double> LibmodbusAsync(PeerPrograms programs, int reads)
    {
        string milliseconds = await Commands.RunAsync(
            programs["modbus-client"], ModbusServer.Address, Text(Port), Text(ReadLoop.RegistersPerRead), Text(reads));
        return reads / double.Parse(milliseconds, CultureInfo.InvariantCulture) * 1000;
    }

    private static JsonObject Connection() => new() { ["endpoint"] = $"modbus-tcp://{ModbusServer.Address}:{Text(Port)}" };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
