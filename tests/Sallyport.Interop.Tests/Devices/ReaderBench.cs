using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Hosting;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>The reader as it stands in production, from a configuration document to decoded values, with one connection and one unit.</summary>
internal sealed class ReaderBench : IAsyncDisposable
{
    private const int PatienceMs = 10_000;

    private readonly TestMeters _meters = new();
    private readonly PollPlan _poll;

    /// <summary>Understands a configuration and makes the master.</summary>
    /// <param name="endpoint">Where the device is.</param>
    /// <param name="points">Name → point, all of group «all».</param>
    /// <param name="connection">More members of the connection.</param>
    public ReaderBench(string endpoint, JsonObject points, JsonObject? connection = null)
    {
        connection ??= [];
        connection["endpoint"] = endpoint;

        // A peer on a busy machine may take long; who tests what a time-out does says its own.
        connection.TryAdd("timeoutMs", PatienceMs);
        connection.TryAdd("connectTimeoutMs", PatienceMs);
        var desired = new JsonObject
        {
            ["connections"] = new JsonObject { ["peer"] = connection },
            ["units"] = new JsonObject { ["peer"] = new JsonObject { ["connection"] = "peer", ["unitId"] = KnownDevice.UnitId } },
            ["groups"] = new JsonObject { ["all"] = new JsonObject { ["intervalMs"] = 1000 } },
            ["points"] = new JsonObject { ["peer"] = points },
        };
        PlanReading<DevicePlan> reading = new DevicePlanReader().Read(JsonElement.Parse(desired.ToJsonString()));
        Assert.True(reading is PlanReading<DevicePlan>.Accepted, reading.ToString());
        UnitPlan unit = ((PlanReading<DevicePlan>.Accepted)reading).Plan.Units[0];
        _poll = unit.Polls[0];
        Master = CreateMaster(unit.Connection);
    }

    public IModbusMaster Master { get; }

    /// <summary>The requests of one poll.</summary>
    public IEnumerable<ReadRequest> Requests => _poll.Reads.Select(read => read.Request);

    public static string Tcp(int port) => $"modbus-tcp://{KnownDevice.Address}:{port}";

    /// <summary>Reads every point once, one request after the other.</summary>
    /// <returns>Name → value, without those whose request brought no data.</returns>
    public async Task<Dictionary<string, PointValue>> ReadAllAsync()
    {
        var values = new Dictionary<string, PointValue>(StringComparer.Ordinal);
        byte[] data = new byte[250];
        foreach (PlannedRead read in _poll.Reads)
        {
            if (await ReadAsync(read.Request, data) is ReadOutcome.Good)
            {
                foreach (PlannedPoint point in read.Points)
                {
                    values.Add(_poll.Points[point.Index].Name, ValueDecoder.Decode(data, point.Offset, _poll.Points[point.Index].Format).Value!.Value);
                }
            }
        }

        return values;
    }

    /// <summary>Reads every point and holds it against what the device is known to have.</summary>
    public async Task AssertReadsAllAsync()
    {
        Dictionary<string, PointValue> values = await ReadAllAsync();
        Assert.Equal(_poll.Points.Length, values.Count);
        Assert.All(values, value => Assert.Equal(KnownContents.Expected(value.Key), Number(value.Value)));
    }

    /// <summary>Sends one request for holding registers.</summary>
    public Task<ReadOutcome> ReadAsync(int address, int quantity, byte[] data) =>
        ReadAsync(new ReadRequest(ModbusTable.HoldingRegister, address, quantity), data);

    public async ValueTask DisposeAsync()
    {
        await Master.DisposeAsync();
        _meters.Dispose();
    }

    private static object Number(PointValue value) => value.Kind is PointValueKind.Flag ? value.AsBoolean() : value.AsInt64();

    private IModbusMaster CreateMaster(ConnectionPlan plan) =>
        new ModbusMasterFactory(new ModbusMetrics(_meters), TimeProvider.System, NullLoggerFactory.Instance).Create(plan);

    private async Task<ReadOutcome> ReadAsync(ReadRequest request, byte[] data) =>
        await Master.ReadAsync(KnownDevice.UnitId, request, data, TestContext.Current.CancellationToken);
}
