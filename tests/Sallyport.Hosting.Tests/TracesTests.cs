using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using OpenTelemetry.Trace;
using Sallyport.Hosting.Tracing;
using Sallyport.TestKit;

namespace Sallyport.Hosting.Tests;

/// <summary>When there are traces, which spans are taken, and where they go.</summary>
public sealed class TracesTests : IAsyncDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly ActivityTraceId Any = ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736");

    private readonly OtlpSink _sink = new();

    public async ValueTask DisposeAsync()
    {
        Set(endpoint: null, sampler: null);
        await _sink.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Spans_are_sent_before_the_module_ends_and_say_whose_they_are()
    {
        Set(_sink.Endpoint, "parentbased_always_on");
        using var module = new TestModule();
        Task<int> running = await module.StartAsync();
        using var spans = new SpanSource("Sallyport.Test");
        spans.Start("first", ActivityKind.Internal).End("done");
        module.Stop();
        Assert.Equal(0, await running);
        OtlpSpan span = Assert.Single(await _sink.UntilAsync(all => all.Length > 0, TestContext.Current.CancellationToken));
        Assert.Equal(("TestModule", "first", "done", ""), (span.Service, span.Name, span.Outcome, span.ParentId));
    }

    [Theory]
    [InlineData(false, "always_on")]
    [InlineData(true, null)]
    [InlineData(true, "")]
    public void Without_an_endpoint_or_without_a_sampler_nobody_listens(bool hasEndpoint, string? sampler)
    {
        Set(hasEndpoint ? _sink.Endpoint : null, sampler);
        using var module = new TestModule();
        Assert.Null(module.Host.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData("sometimes", null, "OTEL_TRACES_SAMPLER: 'sometimes' is none of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio")]
    [InlineData("jaeger_remote", null, "OTEL_TRACES_SAMPLER: 'jaeger_remote' is none of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio")]
    [InlineData("traceidratio", "1.1", "OTEL_TRACES_SAMPLER_ARG: '1.1' is not a share from 0 to 1, for example 0.01 for one in a hundred")]
    [InlineData("parentbased_traceidratio", "-0.1", "OTEL_TRACES_SAMPLER_ARG: '-0.1' is not a share from 0 to 1, for example 0.01 for one in a hundred")]
    [InlineData("traceidratio", "a tenth", "OTEL_TRACES_SAMPLER_ARG: 'a tenth' is not a share from 0 to 1, for example 0.01 for one in a hundred")]
    public async Task A_sampler_that_is_not_there_is_refused_at_the_start(string sampler, string? argument, string refusal)
    {
        Set(_sink.Endpoint, sampler, argument);
        using var module = new TestModule();
        FakeLogCollector log = module.Log;
        Assert.Equal(2, await EdgeModule.RunAsync(module.Host));
        Assert.Equal($"The start is refused. {refusal}", log.LatestRecord.Message);
    }

    [Theory]
    [InlineData("always_on", null, true, true, true, true)]
    [InlineData("always_off", null, false, false, false, false)]
    [InlineData("traceidratio", null, true, true, true, true)]
    [InlineData("traceidratio", "0", false, false, false, false)]
    [InlineData("parentbased_always_on", null, true, true, false, true)]
    [InlineData("parentbased_always_off", null, false, true, false, true)]
    [InlineData("parentbased_traceidratio", "1", true, true, false, true)]
    [InlineData("parentbased_traceidratio", "0.0", false, true, false, true)]
    public void A_sampler_takes_what_its_name_says_and_if_it_follows_parents_it_follows_links_too(
        string sampler, string? argument, bool takesFirst, bool takesPartOfTaken, bool takesPartOfOther, bool takesLinkedToTaken)
    {
        Sampler made = SamplerVariables.Read(new ConfigurationBuilder().AddInMemoryCollection([new(Sampler, sampler), new(Argument, argument)]).Build());
        ActivityContext taken = new(Any, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        ActivityContext other = new(Any, ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);
        Assert.Equal(
            (takesFirst, takesPartOfTaken, takesPartOfOther, takesLinkedToTaken, takesFirst),
            (Takes(default), Takes(taken), Takes(other), Takes(default, other, taken), Takes(default, other)));

        bool Takes(ActivityContext parent, params ActivityContext[] links) => made.ShouldSample(new SamplingParameters(
            parent, Any, "span", ActivityKind.Internal, tags: null, [.. links.Select(link => new ActivityLink(link))])).Decision is SamplingDecision.RecordAndSample;
    }

    private static void Set(string? endpoint, string? sampler, string? argument = null)
    {
        Environment.SetEnvironmentVariable(Endpoint, endpoint);
        Environment.SetEnvironmentVariable(Protocol, endpoint is null ? null : "http/protobuf");
        Environment.SetEnvironmentVariable(Sampler, sampler);
        Environment.SetEnvironmentVariable(Argument, argument);
    }
}
