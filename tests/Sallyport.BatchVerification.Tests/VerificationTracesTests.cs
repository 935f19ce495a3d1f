using System.Diagnostics;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.BatchVerification.Tests;

/// <summary>The spans of batches that were judged.</summary>
public sealed class VerificationTracesTests : IDisposable
{
    private static readonly DateTimeOffset Began = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Ended = Began.AddMilliseconds(3);

    private static readonly ActivityContext Upstream = new(
        ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"), ActivitySpanId.CreateFromString("00f067aa0ba902b7"), ActivityTraceFlags.Recorded);

    private readonly VerificationTraces _traces = new();
    private readonly Vault _vault = new();
    private readonly BatchVerifier _verifier;

    public VerificationTracesTests() => _verifier = _vault.Verifier();

    public void Dispose()
    {
        _verifier.Dispose();
        _vault.Dispose();
        _traces.Dispose();
    }

    [Fact]
    public void A_batch_whose_sending_was_traced_ends_the_way_and_says_what_it_is()
    {
        using var heard = new SpanListener(_traces.Source);
        using Gateway gateway = Gateway.Open(_vault);
        HubMessage[] sent = [.. gateway.Pages(4).Select(message => TraceParent.AddTo(message, Upstream))];
        HubMessage forged = sent[1] with { Body = "{}"u8.ToArray() };
        foreach (HubMessage message in (HubMessage[])[sent[0], sent[0], forged, sent[2], sent[1]])
        {
            _traces.Judged(message.Properties, _verifier.Accept(message), Began, Ended);
        }

        Assert.Equal(
            ["proven", "duplicate", "forged", "gap", "reordered"], heard.Ended.Select(span => (string)span.GetTagItem("sallyport.outcome")!));
        Assert.All(heard.Ended, span => Assert.Equal((Upstream.TraceId, Upstream.SpanId), (span.TraceId, span.ParentSpanId)));
        Activity first = heard.Ended.First();
        Assert.Equal((Began.UtcDateTime, Ended - Began), (first.StartTimeUtc, first.Duration));
        Assert.Equal(
            ["sallyport.lane=bulk", "sallyport.page=1", "sallyport.seq=0", "sallyport.records=3", "sallyport.outcome=proven"],
            first.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Equal(ActivityStatusCode.Error, heard.Ended.ElementAt(2).Status);
    }

    [Fact]
    public void A_batch_whose_sending_was_not_traced_has_no_span_and_its_verdict_is_the_same()
    {
        using var heard = new SpanListener(_traces.Source);
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(2);
        _traces.Judged(sent[0].Properties, _verifier.Accept(sent[0]), Began, Ended);
        Assert.Empty(heard.Ended);
        Assert.IsType<BatchVerdict.Ok>(_verifier.Accept(TraceParent.AddTo(sent[1], Upstream)));
    }
}
