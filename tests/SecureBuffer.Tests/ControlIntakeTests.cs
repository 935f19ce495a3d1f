using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Intake;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The watchdog may have the connection replaced, and nobody else may.</summary>
public sealed class ControlIntakeTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_watchdog_gets_another_connection_and_its_reason_is_logged()
    {
        using MetricCollector<long> reconnects = _bench.Collect<long>("sallyport.buffer.reconnects");
        await AskAsync("Watchdog", Reconnect("nothing arrives"));

        Assert.Equal(1, _bench.EdgeHub.Reconnects);
        Assert.Equal(1, reconnects.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal((2500, "The watchdog wants another connection: nothing arrives"), (_bench.ControlLog.LatestRecord.Id.Id, _bench.ControlLog.LatestRecord.Message));
        Assert.Equal(0, _bench.Lanes.Depth);
    }

    [Theory]
    [InlineData("ModbusReader", "reconnect", "sender")]
    [InlineData("watchdog", "reconnect", "sender")]
    [InlineData("", "reconnect", "sender")]
    [InlineData("Watchdog", "reboot", "action")]
    [InlineData("Watchdog", "re connect", "unreadable")]
    [InlineData("Watchdog", "", "unreadable")]
    public async Task Everything_else_is_acknowledged_refused_counted_and_logged(string sender, string action, string reason)
    {
        using MetricCollector<long> refused = _bench.Collect<long>("sallyport.buffer.control_refused");
        await AskAsync(sender, ControlMessageJson.Encode(new ControlMessage(action, "because")));

        Assert.Equal(0, _bench.EdgeHub.Reconnects);
        Assert.Equal(reason, Assert.Single(refused.GetMeasurementSnapshot(), measurement => measurement.Value == 1).Tags["reason"]);
        Assert.Equal((2501, LogLevel.Warning), (_bench.ControlLog.LatestRecord.Id.Id, _bench.ControlLog.LatestRecord.Level));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"schema\":\"sallyport.control/2\",\"action\":\"reconnect\",\"reason\":\"x\"}")]
    [InlineData("{\"schema\":\"sallyport.control/1\",\"action\":\"reconnect\",\"reason\":\"x\",\"force\":true}")]
    [InlineData("{\"schema\":\"sallyport.control/1\",\"action\":\"reconnect\",\"action\":\"reconnect\",\"reason\":\"x\"}")]
    [InlineData("{\"schema\":\"sallyport.control/1\",\"action\":\"\\ud800\",\"reason\":\"x\"}")]
    public async Task What_is_no_control_message_is_refused(string body)
    {
        await AskAsync("Watchdog", Encoding.UTF8.GetBytes(body));
        Assert.Equal(0, _bench.EdgeHub.Reconnects);
        Assert.Contains("Unreadable", _bench.ControlLog.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_in_60_seconds_is_the_most()
    {
        await AskAsync("Watchdog", Reconnect());
        _bench.Clock.Advance(ControlIntake.Pause - TimeSpan.FromMilliseconds(1));
        await AskAsync("Watchdog", Reconnect());
        Assert.Equal(1, _bench.EdgeHub.Reconnects);
        Assert.Contains("TooSoon", _bench.ControlLog.LatestRecord.Message, StringComparison.Ordinal);

        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await AskAsync("Watchdog", Reconnect());
        Assert.Equal(2, _bench.EdgeHub.Reconnects);
    }

    [Fact]
    public async Task A_connection_that_is_not_open_is_not_replaced_and_does_not_use_up_the_minute()
    {
        _bench.EdgeHub.State = HubConnectionState.BackingOff;
        await AskAsync("Watchdog", Reconnect());
        Assert.Contains("NotConnected", _bench.ControlLog.LatestRecord.Message, StringComparison.Ordinal);

        _bench.EdgeHub.State = HubConnectionState.Connected;
        await AskAsync("Watchdog", Reconnect());
        Assert.Equal(2500, _bench.ControlLog.LatestRecord.Id.Id);
    }

    private static byte[] Reconnect(string reason = "because") => ControlMessageJson.Encode(new ControlMessage(ControlMessage.Reconnect, reason));

    private Task AskAsync(string sender, byte[] body) =>
        _bench.Control.HandleAsync(new InputMessage("control", sender, new HubMessage { MessageId = "1", Body = body }), TestContext.Current.CancellationToken);
}
