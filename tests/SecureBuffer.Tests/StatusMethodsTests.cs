using System.Text;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Intake;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The direct methods and how the connection gets to know them.</summary>
public sealed class StatusMethodsTests : IDisposable
{
    private const string NothingLost = """
        "lost":{"evicted":0,"unconfirmed":0,"oversize":0,"unreadable":0,"unclean":0,"key-lost":0}
        """;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_connection_is_told_of_all_inputs_and_methods()
    {
        var binding = new InputBinding(_bench.EdgeHub, _bench.Intake, _bench.Control, _bench.Methods, _bench.Decommission);
        await binding.StartAsync(TestContext.Current.CancellationToken);
        await binding.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["control", "events", "telemetry"], _bench.EdgeHub.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["decommission", "drain", "getStatus"], _bench.EdgeHub.Methods.Keys.Order(StringComparer.Ordinal));
        foreach (Func<InputMessage, CancellationToken, Task> handler in _bench.EdgeHub.Inputs.Values)
        {
            await handler(Bench.Input("", Bench.Json(1)), TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task The_status_tells_what_is_there_and_what_was_lost()
    {
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        Ring.RingIdentity alerts = _bench.Lanes.Alerts.Identity!;
        Ring.RingIdentity bulk = _bench.Lanes.Bulk.Identity!;

        MethodResponse answer = await _bench.Methods.GetStatusAsync(new MethodRequest("getStatus", default), TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            $$"""{"uplink":"unknown","way":"edgeHub","deliveryProof":"edgeHubMetrics","lanes":["""
            + $$"""{"name":"alerts","storage":"memory","buffer":"{{alerts.Buffer}}","epoch":"{{alerts.Epoch}}","nextSeq":0,"records":0,"undurableRecords":0,"bytes":0,"capacityBytes":155648,"unsentPages":0,"unconfirmedPages":0,"oldestAgeSeconds":0,"""
            + NothingLost + "},"
            + $$"""{"name":"bulk","storage":"memory","buffer":"{{bulk.Buffer}}","epoch":"{{bulk.Epoch}}","nextSeq":1,"records":1,"undurableRecords":1,"bytes":82,"capacityBytes":1990656,"unsentPages":0,"unconfirmedPages":0,"oldestAgeSeconds":1.5,"""
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
