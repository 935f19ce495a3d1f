using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>200 points that lie up to ten registers apart: how many requests a poll takes, by the plan and by the server's own count.</summary>
internal static class SparseMap
{
    private const int Port = 15032;
    private const int Points = 200;
    private const int FirstAddress = 100;

    // Registers that nobody asked for after each point, over and over.
    private static readonly int[] Gaps = [0, 2, 1, 4, 0, 3, 10, 1, 0, 5];

    public static async Task RunAsync(PeerPrograms programs, Report report)
    {
        await using ModbusServer server = await ModbusServer.StartAsync(programs, Port);
        var connection = new JsonObject { ["endpoint"] = string.Create(CultureInfo.InvariantCulture, $"modbus-tcp://{ModbusServer.Address}:{Port}") };
        DevicePlan plan = Production.Plan(Production.Document(connection, Map()));
        PollPlan poll = plan.Units[0].Polls.Single();
        await using IModbusMaster master = Production.Master(plan);

        long coalesced = await CountAsync(server, master, [.. poll.Reads.Select(read => read.Request)]);
        long onePerPoint = await CountAsync(server, master, [.. poll.Points.Select(point => new ReadRequest(point.Address.Table, point.Address.Address, point.Address.Width))]);
        if (coalesced != poll.Reads.Length)
        {
            throw new InvalidOperationException($"The plan has {poll.Reads.Length} requests, the server counted {coalesced}.");
        }

        report.Add("requestsOnePerPoint", onePerPoint, $"requests for {Points} points, one for each (counted at the server)");
        report.Add("requestsCoalesced", coalesced, "requests as planned (counted at the server)");
        report.Add("coalescingGain", onePerPoint / (double)coalesced, "fewer by", "≥ 20");
    }

    private static async Task<long> CountAsync(ModbusServer server, IModbusMaster master, IReadOnlyList<ReadRequest> requests)
    {
        long before = await server.CountRequestsAsync();
        foreach (ReadRequest request in requests)
        {
            ReadOutcome outcome = await master.ReadAsync(unitId: 1, request, new byte[request.ByteCount], CancellationToken.None);
            if (outcome is not ReadOutcome.Good)
            {
                throw new InvalidOperationException($"{request} failed: {outcome}.");
            }
        }

        return await server.CountRequestsAsync() - before;
    }

    private static JsonObject Map()
    {
        var points = new JsonObject();
        int address = FirstAddress;
        for (int i = 0; i < Points; i++)
        {
            bool isWide = i % 4 == 0;
            points[string.Create(CultureInfo.InvariantCulture, $"p{i:D3}")] = Production.Point(address, isWide ? "float32" : "uint16");
            address += (isWide ? 2 : 1) + Gaps[i % Gaps.Length];
        }

        return points;
    }
}
