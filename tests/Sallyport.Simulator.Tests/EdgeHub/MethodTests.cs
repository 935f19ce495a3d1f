using System.Text;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class MethodTests
{
    private const string Filter = "$iothub/methods/POST/#";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_method_reaches_the_module_and_its_answer_comes_back()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.SubscribeAsync(Filter, 0, Cancel);

        Task<MethodResult> calling = CallAsync(harness);
        RawMessage request = await alpha.Received.ReadAsync(Cancel);
        Assert.StartsWith("$iothub/methods/POST/getStatus/?$rid=", request.Topic, StringComparison.Ordinal);
        Assert.Equal(("""{"all":true}""", 0), (request.Text, request.Quality));
        string requestId = request.Topic.Split("$rid=")[1];
        await alpha.PublishAsync(
            $"$iothub/methods/res/207/?$rid={requestId.ToUpperInvariant()}", """{"ok":1}"""u8.ToArray(), quality: 1, Cancel);

        MethodResult result = await calling;
        Assert.Equal((207, """{"ok":1}"""), (result.Status, Encoding.UTF8.GetString(result.Payload.Span)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_module_that_is_away_or_deaf_gives_404()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(404, (await CallAsync(harness)).Status);

        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        Assert.Equal(404, (await CallAsync(harness)).Status);

        _ = await alpha.SubscribeAsync(Filter, 0, Cancel);
        harness.Uplink.Set(UplinkState.Cut);
        Assert.Equal(404, (await CallAsync(harness)).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_call_may_wait_for_a_module_to_connect()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        Task<MethodResult> calling = CallAsync(harness, connect: TimeSpan.FromSeconds(50));

        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.SubscribeAsync(Filter, 1, Cancel);
        RawMessage request = await alpha.Received.ReadAsync(Cancel);
        await alpha.PublishAsync(
            $"$iothub/methods/res/200/?$rid={request.Topic.Split("$rid=")[1]}", ReadOnlyMemory<byte>.Empty, quality: 0, Cancel);

        Assert.Equal(200, (await calling).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_module_that_does_not_answer_in_time_gives_504()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.SubscribeAsync(Filter, 0, Cancel);

        Task<MethodResult> calling = CallAsync(harness);
        _ = await alpha.Received.ReadAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(504, (await calling).Status);
    }

    private static Task<MethodResult> CallAsync(BrokerHarness harness, TimeSpan connect = default) =>
        harness.Hub.InvokeMethodAsync(
            harness.Alpha.Identity,
            new MethodCall("getStatus", """{"all":true}"""u8.ToArray()) { ConnectTimeout = connect },
            Cancel);
}
