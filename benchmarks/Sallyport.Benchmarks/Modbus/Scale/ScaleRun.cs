using System.Globalization;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>100,000 changing values a second through the module as it ships: memory, processor time, registers on the wire and points at the broker.</summary>
internal static class ScaleRun
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(PeerPrograms programs, Report report)
    {
        string module = await PublishedModule.RequireAsync(Manifest.FindRepository(), "ModbusReader");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sallyport-scale-");
        try
        {
            BrokerCertificates.Write(folder.FullName, ModbusServer.Address);
            string document = ScaleDocument.Write(folder.FullName);
            ModbusServer[] servers = await Task.WhenAll(Enumerable.Range(0, ScaleDocument.Connections).Select(i => ModbusServer.StartAsync(
                programs, ScaleDocument.FirstPort + i, ScaleDocument.UnitsPerConnection, isChanging: true)));
            await PublishedAsync(module, folder.FullName, document, report);
            await NotPublishedAsync(module, folder.FullName, document, report);
            await BareLoopAsync(programs, report);
            foreach (ModbusServer server in servers)
            {
                await server.DisposeAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PublishedAsync(string module, string folder, string document, Report report)
    {
        await using Broker broker = await Broker.StartAsync(folder);
        await using Arrivals arrivals = await Arrivals.StartAsync();
        await using ReaderModule reader = ReaderModule.Start(module, folder, document);
        await Task.Delay(WarmUp, TimeProvider.System);
        string file = Path.Combine(folder, "replies.pcapng");
        Task capture = WireCapture.CaptureAsync(file);
        (long frames, long points, long bytes) = arrivals.Sum;
        Sample sample = await SampleAsync(reader);
        (long framesNow, long pointsNow, long bytesNow) = arrivals.Sum;
        await capture;
        report.Add("scaleResidentMiB", sample.ResidentMiB, "resident MiB (most of one sample a second)", "≤ 60");
        report.Add("scaleResidentPeakMiB", sample.PeakMiB, "peak since the start, MiB");
        report.Add("scaleCpuPercent", sample.CpuShare * 100, "% of one processor");
        report.Add("scaleRegistersPerSecond", await WireCapture.RegistersPerSecondAsync(file), "registers a second in the capture", "200000");
        report.Add("scalePointsPerSecond", (pointsNow - points) / sample.Seconds, "points a second that arrived at the broker", "100000");
        report.Add("scaleFramesPerSecond", (framesNow - frames) / sample.Seconds, "frames a second that arrived");
        report.Add("scaleBytesPerPoint", (bytesNow - bytes) / (double)Math.Max(1, pointsNow - points), "bytes of JSON a point");
        report.Add("cpuSecondsPerMillionValuesPublished", PerMillion(sample), "processor seconds for a million values, published");
        if (pointsNow == points)
        {
            throw new InvalidOperationException($"Nothing arrived. The module said:\n{reader.Told}");
        }
    }

    private static async Task NotPublishedAsync(string module, string folder, string document, Report report)
    {
        await using ReaderModule reader = ReaderModule.Start(module, folder, document);
        await Task.Delay(WarmUp, TimeProvider.System);
        Sample sample = await SampleAsync(reader);
        report.Add("cpuSecondsPerMillionValuesNotPublished", PerMillion(sample), "processor seconds for a million values, no broker to publish to");
        report.Add("scaleResidentMiBNotPublished", sample.ResidentMiB, "resident MiB then");
    }

    private static async Task BareLoopAsync(PeerPrograms programs, Report report)
    {
        int seconds = (int)WarmUp.TotalSeconds;
        string[] result = (await Commands.RunAsync(
            programs["modbus-poll"],
            ModbusServer.Address,
            Text(ScaleDocument.FirstPort),
            Text(ScaleDocument.Connections),
            Text(ScaleDocument.UnitsPerConnection),
            Text(ScaleDocument.RegistersPerUnit),
            Text(seconds))).Split(' ');
        double values = double.Parse(result[0], CultureInfo.InvariantCulture) / 2;
        double cpuSeconds = double.Parse(result[1], CultureInfo.InvariantCulture) / 1000;
        report.Add("cpuSecondsPerMillionValuesLibmodbus", cpuSeconds / values * 1e6, "processor seconds for a million values, a bare libmodbus loop");
    }

    private static async Task<Sample> SampleAsync(ReaderModule reader)
    {
        long started = TimeProvider.System.GetTimestamp();
        TimeSpan cpu = reader.Cpu;
        double resident = 0;
        while (TimeProvider.System.GetElapsedTime(started) < Window)
        {
            await Task.Delay(BetweenSamples, TimeProvider.System);
            resident = Math.Max(resident, reader.Memory().NowMiB);
        }

        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return new Sample(seconds, resident, reader.Memory().PeakMiB, (reader.Cpu - cpu).TotalSeconds / seconds);
    }

    private static double PerMillion(Sample sample) => sample.CpuShare / ScaleDocument.ValuesPerSecond * 1e6;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Sample(double Seconds, double ResidentMiB, double PeakMiB, double CpuShare);
}
