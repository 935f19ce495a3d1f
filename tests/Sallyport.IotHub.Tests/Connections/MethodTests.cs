using System.Text;
using MQTTnet.Protocol;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>Direct methods on a real socket.</summary>
public sealed class MethodTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_call_is_answered_with_status_and_payload()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (request, _) =>
        {
            Assert.Equal("getStatus", request.Name);
            return Task.FromResult(new MethodResponse(200, Encoding.UTF8.GetBytes("""{"got":""" + Encoding.UTF8.GetString(request.Payload.Span) + "}")));
        });

        await CallAsync(rig, "getStatus", "17", """{"a":1}""");

        Arrival answer = await rig.NextArrivalAsync();
        Assert.Equal("$iothub/methods/res/200/?$rid=17", answer.Topic);
        Assert.Equal("""{"got":{"a":1}}""", answer.Text);
        Assert.Equal(0, answer.Quality);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_unknown_method_is_404()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (_, _) => Task.FromResult(new MethodResponse(200, default)));

        await CallAsync(rig, "GETSTATUS", "18", "{}");

        Assert.Equal("$iothub/methods/res/404/?$rid=18", (await rig.NextArrivalAsync()).Topic);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_method_that_fails_is_500_and_tells_no_details()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (_, _) => throw new InvalidOperationException("a detail"));

        await CallAsync(rig, "getStatus", "19", "{}");

        Arrival answer = await rig.NextArrivalAsync();
        Assert.Equal("$iothub/methods/res/500/?$rid=19", answer.Topic);
        Assert.DoesNotContain("detail", answer.Text, StringComparison.Ordinal);
        Assert.Contains(rig.Logs.GetSnapshot(), record => record.Id.Id == 3200);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_method_that_takes_too_long_is_504_even_if_it_takes_no_notice()
    {
        var isCalled = new TaskCompletionSource();
        var never = new TaskCompletionSource<MethodResponse>();
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (_, _) =>
        {
            isCalled.SetResult();
            return never.Task;
        });

        await CallAsync(rig, "getStatus", "20", "{}");
        await isCalled.Task.WaitAsync(rig.Over);
        await rig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            return rig.Broker.Arrivals.TryPeek(out _);
        });

        Assert.Equal("$iothub/methods/res/504/?$rid=20", (await rig.NextArrivalAsync()).Topic);
        never.SetResult(new MethodResponse(200, default));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(128 * 1024, 200, 413, "a request of 128 KiB and one byte more")]
    [InlineData(0, 99, 500, "a status that is none")]
    public async Task Limits_are_kept(int size, int status, int expected, string because)
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (_, _) => Task.FromResult(new MethodResponse(status, default)));

        await CallAsync(rig, "getStatus", "21", new string(' ', size + 1));

        Arrival answer = await rig.NextArrivalAsync();
        Assert.True(answer.Topic.StartsWith($"$iothub/methods/res/{expected}/", StringComparison.Ordinal), because);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_above_128_KiB_is_not_sent()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (_, _) => Task.FromResult(new MethodResponse(200, new byte[(128 * 1024) + 1])));

        await CallAsync(rig, "getStatus", "22", "{}");

        Assert.Equal("$iothub/methods/res/500/?$rid=22", (await rig.NextArrivalAsync()).Topic);
    }

    [Fact(Timeout = 30_000)]
    public async Task Calls_run_side_by_side_up_to_a_bound()
    {
        var mayFinish = new TaskCompletionSource<MethodResponse>();
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await ServeAsync(rig, (_, _) => mayFinish.Task);

        for (int call = 0; call < 17; call++)
        {
            await CallAsync(rig, "getStatus", $"c{call}", "{}");
        }

        Assert.StartsWith("$iothub/methods/res/429/", (await rig.NextArrivalAsync()).Topic, StringComparison.Ordinal);
        mayFinish.SetResult(new MethodResponse(200, default));
        for (int call = 0; call < 16; call++)
        {
            Assert.StartsWith("$iothub/methods/res/200/", (await rig.NextArrivalAsync()).Topic, StringComparison.Ordinal);
        }
    }

    private static Task CallAsync(Rig rig, string method, string requestId, string payload) => rig.Broker.SendAsync(
        Rig.ClientId, $"$iothub/methods/POST/{method}/?$rid={requestId}", payload, MqttQualityOfServiceLevel.AtMostOnce);

    private static Task ServeAsync(Rig rig, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler)
    {
        rig.Connection.OnMethod("getStatus", handler);
        return rig.StartAsync();
    }
}
