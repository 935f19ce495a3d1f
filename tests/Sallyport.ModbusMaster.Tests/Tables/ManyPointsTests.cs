using System.Globalization;
using System.Text;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

/// <summary>What a twin has no room for: 150 to 250 points fill its 32 KB (facts 2.21).</summary>
[Collection(nameof(ManyPointsTests))]
[CollectionDefinition(nameof(ManyPointsTests), DisableParallelization = true)]
public sealed class ManyPointsTests(ITestOutputHelper output)
{
    private const int Devices = 10;
    private const int PointsPerDevice = 1000;

    [Fact]
    public void Ten_thousand_points_are_one_plan()
    {
        var files = new MemoryPointsFiles();
        string desired = Desired(files.Put("points.csv", Csv()));
        Read(files, desired);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = TimeProvider.System.GetTimestamp();
        DevicePlan plan = Read(files, desired);
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        TimeSpan used = Environment.CpuUsage.TotalTime - cpu;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"10,000 points, file of {files.Files["points.csv"].Length} bytes: {took.TotalMilliseconds:F0} ms ({used.TotalMilliseconds:F0} ms of processor time), {(GC.GetTotalAllocatedBytes(precise: true) - before) / 1048576.0:F1} MiB allocated on the way"));
        long held = Held(() => Read(files, desired));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The plan itself takes {held / 1048576.0:F1} MiB."));
        Assert.Equal(Devices * PointsPerDevice, plan.Units.Sum(unit => unit.Polls.Sum(poll => poll.Points.Length)));
    }

    private static long Held(Func<DevicePlan> read)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        DevicePlan plan = read();
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(plan);
        return held;
    }

    private static DevicePlan Read(MemoryPointsFiles files, string desired)
    {
        using JsonDocument document = JsonDocument.Parse(desired);
        return Assert.IsType<PlanReading<DevicePlan>.Accepted>(new PointsFilePlanReader(files).Read(document.RootElement)).Plan;
    }

    private static string Csv()
    {
        var csv = new StringBuilder("device,name,group,table,address,type,wordOrder\r\n");
        for (int i = 0; i < Devices * PointsPerDevice; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"d{i / PointsPerDevice},p{i % PointsPerDevice},fast,holdingRegister,{i % PointsPerDevice * 2},float32,CDAB\r\n");
        }

        return csv.ToString();
    }

    private static string Desired(string file)
    {
        string units = string.Join(',', Enumerable.Range(0, Devices).Select(i => $"\"d{i}\":{{\"connection\":\"plant\",\"unitId\":{i + 1}}}"));
        return """{"connections":{"plant":{"endpoint":"modbus-tcp://10.0.0.5"}},"groups":{"fast":{"intervalMs":1000}},"units":{"""
            + units + "},\"pointsFile\":" + file + "}";
    }
}
