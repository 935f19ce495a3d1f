using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>A serial line of 19,200 baud with a libmodbus server at its other end: registers a second against what the wire could carry.</summary>
/// <remarks>The line is a pair of pseudo terminals with a relay between them that lets bytes pass at the speed of the wire. The limit is arithmetic:
/// the characters of request and reply, the silence after each, and a turnaround of 5 ms, which the server keeps.</remarks>
internal static class RtuLine
{
    private const double SecondsPerCharacter = 11 / 19_200.0;
    private const double SilenceInSeconds = 3.5 * SecondsPerCharacter;
    private const double TurnaroundInSeconds = 0.005;
    private const int RequestCharacters = 8;
    private const int ReplyCharacters = 5 + (2 * ReadLoop.RegistersPerRead);
    private const int Rounds = 5;

    // About two seconds.
    private const int Reads = 12;

    public static async Task RunAsync(PeerPrograms programs, Report report)
    {
        await using PeerProcess line = await PeerProcess.StartAsync(programs["pty-pacer"], Text(SecondsPerCharacter * 1e9));
        string[] ends = line.Greeting.Split(' ');
        await using PeerProcess server = await PeerProcess.StartAsync(
            programs["modbus-rtu-server"], ends[1], Text((SilenceInSeconds + TurnaroundInSeconds) * 1e6));
        await using IModbusMaster master = Production.Master(Production.Plan(Production.Document(Connection(ends[0]))));
        await ReadLoop.RunAsync(master, Reads / 2);
        var rates = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            rates.Add(await ReadLoop.RunAsync(master, Reads) * ReadLoop.RegistersPerRead);
        }

        double limit = ReadLoop.RegistersPerRead
            / (((RequestCharacters + ReplyCharacters) * SecondsPerCharacter) + (2 * SilenceInSeconds) + TurnaroundInSeconds);
        report.Add("rtuRegistersPerSecond", AlternatingRounds.Median(rates), "registers a second at 19,200 baud");
        report.Add("rtuWireLimit", limit, "what the wire could carry");
        report.Add("rtuWireShare", AlternatingRounds.Median(rates) / limit, "share", "≥ 0.9");
    }

    private static JsonObject Connection(string device) => new() { ["endpoint"] = $"modbus-rtu://{device}", ["timeoutMs"] = 2000 };

    private static string Text(double number) => number.ToString("F0", CultureInfo.InvariantCulture);
}
