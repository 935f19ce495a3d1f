using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.IotHub.Inputs;
using Sallyport.IotHub.Lifecycle;
using Sallyport.IotHub.Methods;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Twin;
using Sallyport.IotHub.Wire;
using Sallyport.TestKit;

namespace Sallyport.IotHub.Tests.Sessions;

/// <summary>Whatever a broker sends, nothing is thrown into MQTTnet's receiving loop and every acknowledgement is given.</summary>
public sealed class IncomingRouterTests
{
    private static readonly string[] Beginnings =
    [
        "", "devices/edge-1/modules/reader/inputs/", "devices/edge-1/modules/reader/inputs/telemetry/", "$iothub/twin/res/", "$iothub/twin/res/200/",
        "$iothub/twin/res/200/?$rid=", "$iothub/twin/PATCH/properties/desired/", "$iothub/methods/POST/", "$iothub/methods/POST/getStatus/?$rid=",
    ];

    private static readonly Gen<string> Topics = Gen.Select(
        Gen.Int[0, Beginnings.Length - 1].Select(index => Beginnings[index]),
        Gen.OneOf(Gen.String, Gen.Char["/?$=&%+#rid0123\0é𝄞"].Array[0, 40].Select(characters => new string(characters))),
        (beginning, rest) => beginning + rest);

    private static readonly Gen<byte[]> Payloads = Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Gen.Char["{}[]\":,0123$version adesirp null"].Array[0, 80].Select(characters => Encoding.UTF8.GetBytes(characters)),
        Gen.Int[0, 200].Select(depth => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth))));

    [Fact]
    public async Task No_topic_and_no_payload_throws_and_each_is_acknowledged()
    {
        using var meters = new TestMeters();
        using var session = new FakeSession();
        var time = new FakeTimeProvider();
        var identity = new ClientIdentity("edge-1", "reader");
        var metrics = new HubConnectionMetrics(meters, identity.ClientId, time);
        var inputs = new InputServer(identity, TimeSpan.FromSeconds(25), metrics, time, NullLogger<InputServer>.Instance);
        var methods = new MethodServer(TimeSpan.FromSeconds(30), time, NullLogger<MethodServer>.Instance);
        var desired = new DesiredFeed(NullLogger<DesiredFeed>.Instance) { Handler = (_, _) => Task.CompletedTask };
        var requests = new TwinRequests(TimeSpan.FromSeconds(60), time);
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(300), () => 0.5);
        var twin = new TwinClient(requests, delay, desired, time, NullLogger<TwinClient>.Instance);
        inputs.Add("telemetry", (_, _) => Task.CompletedTask);
        methods.Add("getStatus", (_, _) => Task.FromResult(new MethodResponse(200, default)));
        var router = new IncomingRouter(inputs, twin, methods);
        using var stop = new CancellationTokenSource();
        Task running = inputs.RunAsync(stop.Token);
        Task serving = twin.ServeAsync(session);
        int acknowledged = 0;
        int sent = 0;

        await Gen.Select(Topics, Payloads).SampleAsync(
            async (topic, payload) =>
            {
                int number = ++sent;
                router.Route(session, new IncomingPublish(topic, payload, () =>
                {
                    Interlocked.Increment(ref acknowledged);
                    return Task.CompletedTask;
                })
                {
                    IsAcknowledgementDue = true,
                });
                while (Volatile.Read(ref acknowledged) < number && !running.IsCompleted)
                {
                    await Task.Yield();
                }

                return !running.IsFaulted && !serving.IsFaulted && session.AbortedFor is null;
            },
            threads: 1,
            iter: 2000);

        Assert.Equal(sent, acknowledged);
        session.Abort(CloseReason.Stop);
        await serving;
        await stop.CancelAsync();
        await running;
        Assert.DoesNotContain(session.Published, topic => topic.AsSpan().IndexOfAny('+', '#') >= 0);
    }
}
