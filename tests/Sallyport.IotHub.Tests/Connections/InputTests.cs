using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub.Tests.Broker;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>Messages on inputs, and from the cloud to a device, on a real socket.</summary>
public sealed class InputTests
{
    private const string Topic = "devices/edge-1/modules/reader/inputs/telemetry/%24.cdid=edge-1&%24.cmid=other&%24.mid=m-1&msgType=status";

    [Fact(Timeout = 30_000)]
    public async Task A_message_reaches_its_handler_with_sender_and_properties()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var received = Channel.CreateUnbounded<InputMessage>();
        rig.Connection.OnInput("telemetry", (message, token) => received.Writer.WriteAsync(message, token).AsTask());
        using MetricCollector<long> handled = rig.Collect<long>("sallyport.hub.inputs_handled");
        await rig.StartAsync();

        await rig.Broker.SendAsync(Rig.ClientId, Topic, """{"v":1}""");

        InputMessage message = await received.Reader.ReadAsync(rig.Over);
        Assert.Equal("telemetry", message.Input);
        Assert.Equal("other", message.SenderModule);
        Assert.Equal("m-1", message.Message.MessageId);
        Assert.Equal("""{"v":1}"""u8, message.Message.Body.Span);
        Assert.Equal("status", message.Message.Properties["msgType"]);
        Assert.Single(message.Message.Properties);
        Assert.Equal(Topic, await rig.Broker.Acknowledged.ReadAsync(rig.Over));
        Assert.Equal(1, Rig.Sum(handled));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_is_acknowledged_only_after_its_handler_has_finished()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var isCalled = new TaskCompletionSource();
        var mayFinish = new TaskCompletionSource();
        rig.Connection.OnInput("telemetry", (_, _) =>
        {
            isCalled.TrySetResult();
            return mayFinish.Task;
        });
        await rig.StartAsync();

        await rig.Broker.SendAsync(Rig.ClientId, Topic, "{}");
        await isCalled.Task.WaitAsync(rig.Over);

        // Something sent and acknowledged meanwhile shows that the connection works.
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m"));
        Assert.False(rig.Broker.Acknowledged.TryRead(out _));
        mayFinish.SetResult();
        Assert.Equal(Topic, await rig.Broker.Acknowledged.ReadAsync(rig.Over));
    }

    [Fact(Timeout = 30_000)]
    public async Task Messages_are_handled_and_acknowledged_in_their_order()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var bodies = Channel.CreateUnbounded<string>();
        rig.Connection.OnInput("telemetry", (message, token) => bodies.Writer.WriteAsync(message.Message.MessageId, token).AsTask());
        await rig.StartAsync();

        for (int number = 0; number < 100; number++)
        {
            await rig.Broker.SendAsync(Rig.ClientId, $"devices/edge-1/modules/reader/inputs/telemetry/%24.mid={number}", "{}");
        }

        for (int number = 0; number < 100; number++)
        {
            Assert.Equal($"{number}", await bodies.Reader.ReadAsync(rig.Over));
            Assert.EndsWith($"={number}", await rig.Broker.Acknowledged.ReadAsync(rig.Over), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handler_that_fails_is_called_again_with_the_same_message_and_nothing_is_acknowledged_before()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var calls = Channel.CreateUnbounded<string>();
        int failures = 2;
        rig.Connection.OnInput("telemetry", (message, _) =>
        {
            calls.Writer.TryWrite(message.Message.MessageId);
            return failures-- > 0 ? throw new InvalidOperationException("the handler fails") : Task.CompletedTask;
        });
        using MetricCollector<long> failed = rig.Collect<long>("sallyport.hub.inputs_failed");
        await rig.StartAsync();

        await rig.Broker.SendAsync(Rig.ClientId, Topic, "{}");
        await rig.Broker.SendAsync(Rig.ClientId, Topic.Replace("m-1", "m-2", StringComparison.Ordinal), "{}");

        Assert.Equal("m-1", await calls.Reader.ReadAsync(rig.Over));
        Assert.Equal("m-1", await rig.AdvanceUntilReadAsync(calls.Reader, TimeSpan.FromSeconds(1)));
        Assert.False(rig.Broker.Acknowledged.TryRead(out _));
        Assert.Equal("m-1", await rig.AdvanceUntilReadAsync(calls.Reader, TimeSpan.FromSeconds(1)));
        Assert.Equal("m-2", await calls.Reader.ReadAsync(rig.Over));
        Assert.Contains("m-1", await rig.Broker.Acknowledged.ReadAsync(rig.Over), StringComparison.Ordinal);
        Assert.Contains("m-2", await rig.Broker.Acknowledged.ReadAsync(rig.Over), StringComparison.Ordinal);
        Assert.Equal(2, Rig.Sum(failed));
        Assert.Contains(rig.Logs.GetSnapshot(), record => record is { Id.Id: 3100, Level: LogLevel.Error });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_was_not_acknowledged_comes_again_on_the_next_connection()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var calls = Channel.CreateUnbounded<string>();
        bool isFailing = true;
        rig.Connection.OnInput("telemetry", (message, _) =>
        {
            calls.Writer.TryWrite(message.Message.MessageId);
            return Volatile.Read(ref isFailing) ? throw new InvalidOperationException("the handler fails") : Task.CompletedTask;
        });
        await rig.StartAsync();
        await rig.Broker.SendAsync(Rig.ClientId, Topic, "{}");
        Assert.Equal("m-1", await calls.Reader.ReadAsync(rig.Over));

        await rig.Broker.CloseAsync(Rig.ClientId);
        await rig.UntilAsync(HubConnectionState.BackingOff);
        Volatile.Write(ref isFailing, false);
        await rig.ReconnectAsync();

        Assert.Equal("m-1", await calls.Reader.ReadAsync(rig.Over));
        Assert.Equal(Topic, await rig.Broker.Acknowledged.ReadAsync(rig.Over));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handler_that_takes_too_long_is_cancelled_and_logged()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var calls = Channel.CreateUnbounded<CancellationToken>();
        int slow = 1;
        rig.Connection.OnInput("telemetry", (_, token) =>
        {
            calls.Writer.TryWrite(token);
            return slow-- > 0 ? Task.Delay(Timeout.InfiniteTimeSpan, rig.Time, token) : Task.CompletedTask;
        });
        await rig.StartAsync();
        await rig.Broker.SendAsync(Rig.ClientId, Topic, "{}");
        CancellationToken first = await calls.Reader.ReadAsync(rig.Over);

        rig.Time.Advance(TimeSpan.FromSeconds(24));
        Assert.False(first.IsCancellationRequested);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(first.IsCancellationRequested);

        await rig.AdvanceUntilReadAsync(calls.Reader, TimeSpan.FromSeconds(1));
        Assert.Equal(Topic, await rig.Broker.Acknowledged.ReadAsync(rig.Over));
        Assert.Contains(rig.Logs.GetSnapshot(), record => record is { Id.Id: 3101, Level: LogLevel.Error });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handler_may_send_and_report_while_it_handles()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        rig.Connection.OnInput("telemetry", async (_, token) =>
        {
            Assert.IsType<ReportOutcome.Accepted>(await rig.Connection.ReportAsync([], token));
            Assert.IsType<SendOutcome.Acknowledged>(await rig.Connection.SendAsync("telemetry", Rig.Message("from-handler"), token));
        });
        await rig.StartAsync();

        await rig.Broker.SendAsync(Rig.ClientId, Topic, "{}");

        Assert.Equal(Topic, await rig.Broker.Acknowledged.ReadAsync(rig.Over));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_for_an_input_without_handler_is_counted_and_does_not_block_the_others()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        rig.Connection.OnInput("telemetry", (_, _) => Task.CompletedTask);
        using MetricCollector<long> failed = rig.Collect<long>("sallyport.hub.inputs_failed");
        await rig.StartAsync();

        await rig.Broker.SendAsync(Rig.ClientId, Topic.Replace("inputs/telemetry", "inputs/other", StringComparison.Ordinal), "{}");

        Assert.Contains("inputs/other", await rig.Broker.Acknowledged.ReadAsync(rig.Over), StringComparison.Ordinal);
        Assert.Equal(1, Rig.Sum(failed));
        Assert.Contains(rig.Logs.GetSnapshot(), record => record is { Id.Id: 3102, Level: LogLevel.Warning });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_broker_that_floods_an_input_loses_the_connection()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        rig.Connection.OnInput("telemetry", (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, rig.Time, token));
        using MetricCollector<long> disconnects = rig.Collect<long>("sallyport.hub.disconnects");
        await rig.StartAsync();

        for (int number = 0; number < 300; number++)
        {
            await rig.Broker.SendAsync(Rig.ClientId, Topic, "{}", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtMostOnce);
        }

        await rig.UntilAsync(HubConnectionState.BackingOff);
        Assert.Equal(1, Rig.Sum(disconnects, "reason", "protocol"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_device_gets_messages_from_the_cloud()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken, new RigOptions { IsDevice = true });
        var received = Channel.CreateUnbounded<HubMessage>();
        rig.Connection.OnCloudMessage((message, token) => received.Writer.WriteAsync(message, token).AsTask());
        await rig.StartAsync();
        const string DeviceTopic = "devices/device-1/messages/devicebound/%24.mid=c-1&%24.to=%2Fdevices%2Fdevice-1%2Fmessages%2FdeviceBound&order=66";

        await rig.Broker.SendAsync("device-1", DeviceTopic, """{"do":1}""");

        HubMessage message = await received.Reader.ReadAsync(rig.Over);
        Assert.Equal("c-1", message.MessageId);
        Assert.Equal("66", Assert.Single(message.Properties).Value);
        Assert.Equal(DeviceTopic, await rig.Broker.Acknowledged.ReadAsync(rig.Over));
    }
}
