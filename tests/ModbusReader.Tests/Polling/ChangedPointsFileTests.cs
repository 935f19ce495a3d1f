using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusReader.Tests.Polling;

public sealed class ChangedPointsFileTests
{
    private const int Devices = 10;
    private const int PointsPerDevice = 200;
    private const int TestLimit = 30_000;

    [Fact(Timeout = TestLimit)]
    public async Task One_changed_line_of_two_thousand_touches_one_loop_and_no_other()
    {
        await using var bench = new ReaderBench();
        string[] lines = [.. Enumerable.Range(0, Devices * PointsPerDevice).Select(Line)];
        bench.Use(Read(lines));
        bench.Start();
        await bench.UntilAsync(() => bench.Count("polls") == 2 * Devices);
        Dictionary<string, object> before = Loops(bench);

        // A point in the slow group of d7 becomes a signed one.
        int changed = (7 * PointsPerDevice) + 41;
        lines[changed] = lines[changed].Replace("uint16", "int16", StringComparison.Ordinal);
        bench.Use(Read(lines));
        await bench.UntilAsync(() => bench.Count("polls") == (2 * Devices) + 1);

        Dictionary<string, object> after = Loops(bench);
        Assert.Equal(2 * Devices, before.Count);
        Assert.Equal(["d7/slow"], after.Keys.Where(loop => !ReferenceEquals(before[loop], after[loop])));
        Assert.Equal(0, bench.Count("bad_points"));
    }

    private static Dictionary<string, object> Loops(ReaderBench bench) => bench.Supervisor.Sources
        .SelectMany(unit => unit.Polls.Values.Select(poll => ($"{unit.Plan.Name}/{poll.Plan.Group}", (object)poll)))
        .ToDictionary(loop => loop.Item1, loop => loop.Item2, StringComparer.Ordinal);

    private static string Line(int i) => string.Create(
        CultureInfo.InvariantCulture, $"d{i / PointsPerDevice},p{i % PointsPerDevice},{(i % 2 is 0 ? "fast" : "slow")},holdingRegister,{i % PointsPerDevice},uint16");

    private static DevicePlan Read(string[] lines)
    {
        byte[] csv = Encoding.UTF8.GetBytes("device,name,group,table,address,type\n" + string.Join('\n', lines));
        string names = string.Join(',', Enumerable.Range(0, Devices).Select(i => $"\"d{i}\":{{\"endpoint\":\"modbus-tcp://d{i}\"}}"));
        string units = string.Join(',', Enumerable.Range(0, Devices).Select(i => $"\"d{i}\":{{\"connection\":\"d{i}\",\"unitId\":1}}"));
        string desired = $"{{\"connections\":{{{names}}},\"units\":{{{units}}},\"groups\":{{\"fast\":{{\"intervalMs\":1000}},\"slow\":{{\"intervalMs\":60000}}}},"
            + $"\"pointsFile\":{{\"path\":\"points.csv\",\"sha256\":\"{Convert.ToHexString(SHA256.HashData(csv))}\"}}}}";
        using JsonDocument document = JsonDocument.Parse(desired);
        return Assert.IsType<PlanReading<DevicePlan>.Accepted>(new PointsFilePlanReader(new OneFile(csv)).Read(document.RootElement)).Plan;
    }

    private sealed class OneFile(byte[] content) : IPointsFiles
    {
        public PointsFileLoad Read(string path) => new PointsFileLoad.Loaded(content);

        public void Use(string? sha256)
        {
        }
    }
}
