using System.Text;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Intake;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The direct methods and how the connection gets to know them.</summary>
public sealed class StatusMethodsTests : IDisposable
{
    private const string NothingLost = """
        "lost":{"evicted":0,"unconfirmed":0,"oversize":0}
        """;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_connection_is_told_of_all_inputs_and_methods()
    {
        var binding = new InputBinding(_bench.EdgeHub, _bench.Intake, _bench.Methods);
        await binding.StartAsync(TestContext.Current.CancellationToken);
        await binding.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["control", "events", "telemetry"], _bench.EdgeHub.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["drain", "getStatus"], _bench.EdgeHub.Methods.Keys.Order(StringComparer.Ordinal));
        foreach (Func<InputMessage, CancellationToken, Task> handler in _bench.EdgeHub.Inputs.Values)
        {
            await handler(Bench.Input("", Bench.Json(1)), TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task The_status_tells_what_is_there_and_what_was_lost()
    {
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        var id = new string('0', 16);
        var prefix = _bench.Lanes.Bulk.Identity.Buffer[..10];

        MethodResponse answer = await _bench.Methods.GetStatusAsync(new MethodRequest("getStatus", default), TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            $$"""{"uplink":"unknown","deliveryProof":"edgeHubMetrics","storage":"memory","lanes":["""
            + $$"""{"name":"alerts","buffer":"{{prefix}}{{id}}-alerts","epoch":"1:{{prefix}}{{id}}","nextSeq":0,"records":0,"bytes":0,"capacityBytes":262144,"unsentPages":0,"unconfirmedPages":0,"oldestAgeSeconds":0,"""
            + NothingLost + "},"
            + $$"""{"name":"bulk","buffer":"{{prefix}}{{id}}-bulk","epoch":"1:{{prefix}}{{id}}","nextSeq":1,"records":1,"bytes":83,"capacityBytes":2097152,"unsentPages":0,"unconfirmedPages":0,"oldestAgeSeconds":1.5,"""
            + NothingLost + "}]}",
            Encoding.UTF8.GetString(answer.Payload.Span));
    }

    [Fact]
    public async Task Drain_seals_what_is_open_now()
    {
        _bench.Lanes.Append(Bench.Record(0));

        MethodResponse answer = await _bench.Methods.DrainAsync(new MethodRequest("drain", "{}"u8.ToArray()), TestContext.Current.CancellationToken);
        await _bench.DeliverAsync();

        Assert.Equal("""{"sealedPages":1,"records":1}""", Encoding.UTF8.GetString(answer.Payload.Span));
        Assert.Single(_bench.EdgeHub.Cloud);
        Assert.Equal(TimeSpan.FromMilliseconds(50), _bench.Moments.Now.Elapsed);
    }
}
