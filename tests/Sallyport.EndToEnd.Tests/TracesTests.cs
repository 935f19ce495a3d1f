using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Cloud;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>The way of a frame as the spans of three processes tell it: a reader, the buffer, and whoever verifies in the cloud.</summary>
public sealed class TracesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_frame_can_be_followed_from_its_poll_to_the_verdict_on_its_page_and_every_span_is_as_documented()
    {
        await using var sink = new OtlpSink();
        var arrived = new Arrivals();
        await using var simulation = new EdgeSimulation(
            new EdgeSimulationOptions { Manifest = await ManifestAsync(sink.Endpoint) }, (_, _) => { }, TimeProvider.System, NullLoggerFactory.Instance);
        using var verified = new SpanListener(simulation.Traces.Source);
        DeliveryWatch watch = simulation.WatchDelivery();
        simulation.Intake.OnMessage(arrived.Add);
        await simulation.StartAsync(Token);

        ImmutableArray<OtlpSpan> spans = await sink.UntilAsync(all => Ways(all).Any(), Token);
        (OtlpSpan poll, OtlpSpan frame, OtlpSpan ring, OtlpSpan upstream) = Ways(spans).First();
        Assert.Equal(["ModbusReader", "ModbusReader", "SecureBuffer", "SecureBuffer"], [poll.Service, frame.Service, ring.Service, upstream.Service]);
        Assert.Equal([poll.TraceId, poll.TraceId], [frame.TraceId, ring.TraceId]);
        Assert.Equal(["", ""], [poll.ParentId, upstream.ParentId]);
        Assert.Equal(["answered", "acknowledged", "appended", "confirmed"], [poll.Outcome, frame.Outcome, ring.Outcome, upstream.Outcome]);

        // Its delivery is proven, so the page is there or about to be; the root of its seals comes with an alert.
        await simulation.Intake.Changed.WaitUntilAsync(() => arrived.Has($"-{upstream.TraceId}-{upstream.SpanId}-") && arrived.Has("sallyport.announce/1"), Token);
        watch.Judge();
        Activity verdict = verified.Ended.Single(span => string.Equals(span.ParentSpanId.ToHexString(), upstream.SpanId, StringComparison.Ordinal));
        Assert.Equal((upstream.TraceId, "proven"), (verdict.TraceId.ToHexString(), verdict.GetTagItem("sallyport.outcome")));
        Assert.Equal(upstream.Attributes["sallyport.page"], $"{verdict.GetTagItem("sallyport.page")}");

        Assert.Equal(
            Documented(),
            ((OtlpSpan[])[poll, frame, ring, upstream]).SelectMany(span => span.Attributes.Keys.Select(attribute => $"{span.Name} {attribute}"))
                .Concat(verdict.TagObjects.Select(tag => $"{verdict.OperationName} {tag.Key}"))
                .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(OtlpSpan Poll, OtlpSpan Frame, OtlpSpan Ring, OtlpSpan Upstream)> Ways(ImmutableArray<OtlpSpan> spans) =>
        from upstream in spans
        where upstream is { Name: "upstream", Outcome: "confirmed" }
        from link in upstream.Links
        from ring in spans
        where ring.Name is "ring" && link == (ring.TraceId, ring.SpanId)
        from frame in spans
        where frame.Name is "frame" && (frame.TraceId, frame.SpanId) == (ring.TraceId, ring.ParentId)
        from poll in spans
        where poll.Name is "poll" && (poll.TraceId, poll.SpanId) == (frame.TraceId, frame.ParentId)
        select (poll, frame, ring, upstream);

    private static IEnumerable<string> Documented() =>
        from line in File.ReadLines(RepositoryRoot.Combine("docs/operations/traces.md"))
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length > 5 && cells[2].StartsWith("`sallyport.", StringComparison.Ordinal)
        let row = $"{cells[1]} {cells[2]}".Replace("`", "", StringComparison.Ordinal)
        orderby row
        select row;

    // The two modules on a frame's way, in a hurry.
    private static async Task<string> ManifestAsync(string endpoint)
    {
        JsonNode content = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), Token))!["modulesContent"]!;
        JsonObject modules = content["$edgeAgent"]!["properties.desired"]!["modules"]!.AsObject();
        foreach (string other in (string[])["EtherNetIpReader", "CertificateManager", "Watchdog"])
        {
            modules.Remove(other);
            content.AsObject().Remove(other);
        }

        JsonObject routes = content["$edgeHub"]!["properties.desired"]!["routes"]!.AsObject();
        foreach (string route in routes.Select(route => route.Key).Where(route => route is not ("readersToBuffer" or "bufferToCloud")).ToArray())
        {
            routes.Remove(route);
        }

        foreach ((string _, JsonNode? module) in modules)
        {
            JsonNode variables = module!["env"]!;
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = new JsonObject { ["value"] = endpoint };
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = new JsonObject { ["value"] = "http/protobuf" };
            variables["OTEL_TRACES_SAMPLER"] = new JsonObject { ["value"] = "parentbased_always_on" };
            variables["OTEL_BSP_SCHEDULE_DELAY"] = new JsonObject { ["value"] = "200" };
        }

        content["SecureBuffer"]!["properties.desired"]!["maxLatencyMs"] = 500;
        return new JsonObject { ["modulesContent"] = content.DeepClone() }.ToJsonString();
    }

    /// <summary>What arrived at IoT Hub, and what stands in it.</summary>
    private sealed class Arrivals
    {
        private ImmutableList<string> _texts = [];

        public void Add(CloudMessage message) => _ = ImmutableInterlocked.Update(
            ref _texts,
            texts => texts.Add(message.Message.Properties.GetValueOrDefault(MessageProperties.TraceParent, "")).Add(Encoding.UTF8.GetString(message.Message.Body.Span)));

        public bool Has(string part) => Volatile.Read(ref _texts).Any(text => text.Contains(part, StringComparison.Ordinal));
    }
}
