using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>The plan, the connection and the group as the module makes them, from the document that a user writes.</summary>
internal sealed class ProductionTags : IAsyncDisposable
{
    // Types, names and numbers of tags are learned beside the rounds.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddMetrics()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<EtherNetIpMetrics>()
        .AddSingleton<ControllerFactory>()
        .BuildServiceProvider();

    private readonly IController _controller;
    private readonly ITagGroup _group;
    private readonly ValueOutcome[] _values;

    private ProductionTags(SourcePlan plan)
    {
        _controller = Services.GetRequiredService<ControllerFactory>().Create(plan.Controller, static _ => { });
        _group = _controller.Prepare([.. plan.Polls.Single().Tags.Select(tag => tag.Request)]);
        _values = new ValueOutcome[_group.Types.Length];
    }

    /// <summary>How many tags a round has.</summary>
    public int Count => _values.Length;

    /// <summary>How many requests a round takes.</summary>
    public int RequestCount => _group.RequestCount;

    /// <summary>The tags that readers pack many of into one message.</summary>
    /// <param name="count">How many.</param>
    /// <param name="usesNumbers">Whether they may be read by the numbers that the controller gave them, which the module does only if it is told to.</param>
    public static Task<ProductionTags> OpenStationsAsync(int count, bool usesNumbers = false) => OpenAsync(
        new JsonObject(Enumerable.Range(0, count).Select(station => KeyValuePair.Create(
            string.Create(CultureInfo.InvariantCulture, $"s{station:D3}"), (JsonNode?)Tag(NameOf(station))))),
        usesNumbers);

    /// <summary>All elements of an array.</summary>
    public static Task<ProductionTags> OpenArrayAsync(string name, int elements)
    {
        JsonObject tag = Tag($"{name}[0]");
        tag["elements"] = elements;
        return OpenAsync(new JsonObject { ["all"] = tag }, usesNumbers: false);
    }

    /// <summary>Name of a station's tag.</summary>
    public static string NameOf(int station) => string.Create(CultureInfo.InvariantCulture, $"Station{station:D3}_Count");

    /// <summary>Reads all of them once.</summary>
    /// <exception cref="InvalidOperationException">Not all of them have a value.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadAsync()
    {
        RoundOutcome outcome = await _group.ReadAsync(_values, CancellationToken.None);
        if (outcome is not RoundOutcome.Read)
        {
            throw new InvalidOperationException($"A round failed: {outcome}.");
        }

        foreach (ref readonly ValueOutcome value in _values.AsSpan())
        {
            if (value.Value is null)
            {
                throw new InvalidOperationException($"A tag has no value: {value.Status}, {value.Reason}.");
            }
        }
    }

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    private static async Task<ProductionTags> OpenAsync(JsonObject tags, bool usesNumbers)
    {
        var opened = new ProductionTags(Plan(tags, usesNumbers));
        long started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Settling)
        {
            await opened.ReadAsync();
        }

        return opened;
    }

    private static JsonObject Tag(string name) => new() { ["group"] = "all", ["tag"] = name, ["type"] = "DINT" };

    private static SourcePlan Plan(JsonObject tags, bool usesNumbers)
    {
        var desired = new JsonObject
        {
            ["controllers"] = new JsonObject
            {
                ["line-1"] = new JsonObject
                {
                    ["host"] = ControllerProcess.Address,
                    ["keying"] = "compatible",
                    ["vendor"] = 1,
                    ["deviceType"] = 14,
                    ["productCode"] = 0x010B,
                    ["revision"] = "33.11",
                    ["instanceNumbers"] = usesNumbers,
                },
            },
            ["groups"] = new JsonObject { ["all"] = new JsonObject { ["intervalMs"] = 1000 } },
            ["tags"] = new JsonObject { ["line-1"] = tags },
        };
        return new EtherNetIpPlanReader().Read(JsonElement.Parse(desired.ToJsonString())) switch
        {
            PlanReading<EtherNetIpPlan>.Accepted accepted => accepted.Plan.Sources.Single(),
            PlanReading<EtherNetIpPlan>.Refused { Faults: [var first, ..] } => throw new InvalidOperationException($"{first.Pointer}: {first.Reason}"),
            _ => throw new InvalidOperationException("A plan is accepted or refused."),
        };
    }
}
