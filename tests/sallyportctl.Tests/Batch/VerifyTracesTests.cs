using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Batch;

/// <summary><c>batch verify</c> tells by OTLP of each batch whose sending was traced what it is. The command as a process, since its exporter reads the environment.</summary>
public sealed class VerifyTracesTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string SpanId = "00f067aa0ba902b7";

    [Fact(Timeout = 120_000)]
    public async Task A_batch_whose_sending_was_traced_is_told_with_its_verdict_and_the_others_are_not()
    {
        using var folder = new TemporaryFolder();
        await using var sink = new OtlpSink();
        string[] lines = await File.ReadAllLinesAsync(Bench.Fixture("recording.jsonl"), TestContext.Current.CancellationToken);
        lines[1] = Traced(lines[1]);
        string recording = folder.Write("traced.jsonl", string.Join('\n', lines));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = sink.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        string said = await Command.RunAsync("dotnet", variables, SimulatorRun.Built("sallyportctl"), "batch", "verify", recording, "--key", Bench.Fixture("keys.txt"));
        Assert.Contains("proven", said, StringComparison.Ordinal);
        ImmutableArray<OtlpSpan> spans = await sink.UntilAsync(all => all.Length > 0, TestContext.Current.CancellationToken);
        OtlpSpan span = Assert.Single(spans);
        Assert.Equal(("sallyportctl", "verified", TraceId, SpanId, "proven"), (span.Service, span.Name, span.TraceId, span.ParentId, span.Outcome));
    }

    private static string Traced(string line)
    {
        JsonNode message = JsonNode.Parse(line)!;
        message["properties"]!["traceparent"] = $"00-{TraceId}-{SpanId}-01";
        return message.ToJsonString();
    }
}
