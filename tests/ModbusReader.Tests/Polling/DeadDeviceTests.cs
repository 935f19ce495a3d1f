using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tests.Device;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>The module's own parts, sockets and clock against ten devices on loopback, one of which is dead.</summary>
[Collection(nameof(RealTime))]
public sealed class DeadDeviceTests
{
    private const int TestLimit = 60_000;
    private const int Live = 9;
    private const int PollsOfEach = 3;

    // facts 2.3
    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_accepts_and_never_answers_makes_none_of_nine_others_late()
    {
        await using var dead = new ScriptedDevice(turn => turn.StaySilentAsync());
        await AssertNobodyIsLateAsync(PortOf(dead));
        Assert.NotEmpty(dead.Requests);
    }

    // facts 2.2: absent at the start is not fatal.
    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_refuses_connections_makes_none_of_nine_others_late()
    {
        int port;
        await using (var gone = new ScriptedDevice(turn => turn.StaySilentAsync()))
        {
            port = PortOf(gone);
        }

        await AssertNobodyIsLateAsync(port);
    }

    private static int PortOf(ScriptedDevice device) => ((ModbusEndpoint.Tcp)device.Plan.Endpoint).Port;

    private static async Task AssertNobodyIsLateAsync(int deadPort)
    {
        ScriptedDevice[] devices = [.. Enumerable.Range(0, Live).Select(_ => new ScriptedDevice(turn => turn.SendAsync(turn.Correct())))];
        await using ServiceProvider provider = Reader();
        using var overruns = new MetricCollector<long>(
            provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), AcquisitionMetrics.MeterName, "sallyport.poll.overruns");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        provider.GetRequiredService<CurrentPlan<DevicePlan>>().Replace(
            Plans.Edition(Plans.Read(Document([.. devices.Select(PortOf), deadPort])), version: 1));
        Task running = provider.GetRequiredService<PollingSupervisor<DevicePlan, UnitPlan, PollPlan>>().RunAsync(stop.Token);
        var polls = new Dictionary<string, int>(StringComparer.Ordinal);
        while (polls.Count < Live + 1 || polls.Any(source => source.Value < PollsOfEach && source.Key[0] is 'u'))
        {
            OutboxEntry entry = (await provider.GetRequiredService<ReaderOutboxes>().Telemetry.TakeAsync(stop.Token))!;
            polls[entry.Origin!.Source] = polls.GetValueOrDefault(entry.Origin.Source) + 1;
        }

        Assert.Equal(0, overruns.GetMeasurementSnapshot().EvaluateAsCounter());
        await stop.CancelAsync();
        await running;
        foreach (ScriptedDevice device in devices)
        {
            await device.DisposeAsync();
        }
    }

    private static ServiceProvider Reader()
    {
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddModbusReader();
        builder.Services.AddSingleton<IHubConnection>(new RecordingHub());
        return builder.Services.BuildServiceProvider();
    }

    // Whoever waited for the dead one would miss a poll: its time limit is longer than the interval. It is itself asked rarely, and so late for nothing.
    private static string Document(int[] ports)
    {
        string[] names = [.. ports.Select((_, i) => i < Live ? string.Create(CultureInfo.InvariantCulture, $"u{i}") : "dead")];
        string connections = string.Join(',', ports.Select((port, i) => $$"""
            "{{names[i]}}":{"endpoint":"modbus-tcp://127.0.0.1:{{port}}","timeoutMs":5000,"connectTimeoutMs":5000}
            """));
        string units = string.Join(',', names.Select(name => $$"""
            "{{name}}":{"connection":"{{name}}","unitId":1}
            """));
        string points = string.Join(',', names.Select(name => $$$"""
            "{{{name}}}":{"p":{"group":"{{{(name[0] is 'u' ? "fast" : "rare")}}}","table":"holdingRegister","address":1,"type":"uint16"}}
            """));
        return $$$"""{"connections":{{{{connections}}}},"units":{{{{units}}}},"groups":{"fast":{"intervalMs":3000},"rare":{"intervalMs":30000}},"points":{{{{points}}}}}""";
    }
}
