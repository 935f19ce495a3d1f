using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>A device that is 20 ms away: eight requests under way at once against one. The way is a relay that delays and limits nothing else.</summary>
internal static class Pipelining
{
    private const int Depth = 8;
    private const int ServerPort = 15030;
    private const int RelayPort = 15031;
    private const int EachWayMicroseconds = 10_000;
    private const int Rounds = 7;

    // About a second each.
    private const int SequentialReads = 48;
    private const int PipelinedReads = SequentialReads * Depth;

    public static async Task RunAsync(PeerPrograms programs, Report report)
    {
        await using ModbusServer server = await ModbusServer.StartAsync(programs, ServerPort);
        await using PeerProcess relay = await PeerProcess.StartAsync(
            programs["tcp-delay"], ModbusServer.Address, Text(RelayPort), Text(ServerPort), Text(EachWayMicroseconds));
        await using IModbusMaster one = Production.Master(Production.Plan(Production.Document(Connection(depth: 1))));
        await using IModbusMaster many = Production.Master(Production.Plan(Production.Document(Connection(Depth))));
        IReadOnlyList<(double One, double Many)> rounds = await AlternatingRounds.AlternateAsync(
            Rounds, () => ReadLoop.RunAsync(one, SequentialReads), () => ReadLoop.RunAsync(many, PipelinedReads, Depth));
        report.Add("readsPerSecondAt20ms", AlternatingRounds.Median(rounds.Select(round => round.One)), "reads a second, one at a time, 20 ms away");
        report.Add("readsPerSecondAt20msDepth8", AlternatingRounds.Median(rounds.Select(round => round.Many)), "reads a second, eight at a time");
        report.Add("pipeliningGainAt20ms", AlternatingRounds.Median(rounds.Select(round => round.Many / round.One)), "gain (median of rounds)", "≥ 7");
    }

    private static JsonObject Connection(int depth)
    {
        var connection = new JsonObject { ["endpoint"] = $"modbus-tcp://{ModbusServer.Address}:{Text(RelayPort)}" };
        if (depth > 1)
        {
            connection["depth"] = depth;
        }

        return connection;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
