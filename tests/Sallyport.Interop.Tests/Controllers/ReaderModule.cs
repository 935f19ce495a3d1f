using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpReader;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusReader.Tests;

namespace Sallyport.Interop.Tests.Controllers;

/// <summary>EtherNetIpReader as it is composed in production, from the document that a user writes to the frames in its outbox.</summary>
internal sealed class ReaderModule : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<string> _tags;
    private readonly Task _running;

    /// <summary>Begins to read.</summary>
    /// <param name="controller">The entry of the controller.</param>
    /// <param name="tags">What is read, without types: the controller says them.</param>
    public ReaderModule(JsonObject controller, IReadOnlyList<string> tags)
    {
        _tags = tags;
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddEtherNetIpReader().AddSingleton<IHubConnection>(new RecordingHub()).AddSingleton(new ModuleIdentity("edge-1", "EtherNetIpReader", "hub", "1"));
        _services = builder.Services.BuildServiceProvider();
        var points = tags.Select((tag, index) => KeyValuePair.Create(NameOf(index), (JsonNode?)new JsonObject { ["group"] = "all", ["tag"] = tag }));
        var desired = new JsonObject
        {
            ["controllers"] = new JsonObject { ["line-1"] = controller },
            ["groups"] = new JsonObject { ["all"] = new JsonObject { ["intervalMs"] = 200 } },
            ["tags"] = new JsonObject { ["line-1"] = new JsonObject(points) },
        };
        PlanReading<EtherNetIpPlan> reading = new EtherNetIpPlanReader().Read(JsonElement.Parse(desired.ToJsonString()));
        Assert.True(reading is PlanReading<EtherNetIpPlan>.Accepted, reading.ToString());
        _services.GetRequiredService<CurrentPlan<EtherNetIpPlan>>().Replace(new(((PlanReading<EtherNetIpPlan>.Accepted)reading).Plan, 1, "cfg1"));
        _running = _services.GetRequiredService<PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan>>().RunAsync(_stop.Token);
    }

    /// <summary>Waits until each tag has been delivered with a value.</summary>
    /// <returns>Tag → value, as the last frame that had it says it.</returns>
    public async Task<Dictionary<string, JsonElement>> DeliveredAsync()
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        Outbox outbox = _services.GetRequiredService<ReaderOutboxes>().Telemetry;
        while (values.Count < _tags.Count)
        {
            OutboxEntry entry = (await outbox.TakeAsync(TestContext.Current.CancellationToken))!;
            foreach (JsonElement point in JsonElement.Parse(entry.Message.Body.Span).GetProperty("points").EnumerateArray())
            {
                string tag = _tags[int.Parse(point.GetProperty("n").GetString()![1..], CultureInfo.InvariantCulture)];
                Assert.True(point.TryGetProperty("v", out JsonElement value), $"{tag}: {point}");
                values[tag] = value;
            }
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _services.DisposeAsync();
        _stop.Dispose();
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"p{index}");
}
