using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>Certificates and tokens that end.</summary>
public sealed class CredentialWatchTests : IDisposable
{
    private const string Labels = """{kind="plc",name="press-4",subject="CN=press-4",serial="0A"}""";
    private const int DayInSeconds = 86400;

    private readonly GatewayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(365, 31, null, null)]
    [InlineData(365, 29, "ending", EventSeverity.Low)]
    [InlineData(365, 0.9, "ending", EventSeverity.High)]
    [InlineData(365, -1, "expired", EventSeverity.Critical)]
    [InlineData(30, 11, null, null)]
    [InlineData(30, 9, "ending", EventSeverity.Low)]
    [InlineData(1, 0.02, null, null)]
    [InlineData(1, 0.01, "ending", EventSeverity.High)]
    public async Task A_certificate_is_told_by_the_share_of_its_life_that_is_left(double life, double left, string? what, EventSeverity? severity)
    {
        // One that is renewed by itself has six hours for it.
        var slow = severity is EventSeverity.Low;
        _bench.Gateway.Certificates["sallyport_certificate_life_seconds" + Labels] = life * DayInSeconds;
        _bench.Gateway.Certificates["sallyport_certificate_remaining_seconds" + Labels] = left * DayInSeconds;
        for (var looks = 0; looks < 3; looks++)
        {
            await _bench.TickAsync(slow ? 3 * 3600 : 5);
        }

        Alarm[] alarms = [.. _bench.Status.Alarms.Where(alarm => alarm.Id.StartsWith("credential/", StringComparison.Ordinal))];
        Assert.Equal(what is null ? [] : [($"credential/plc/press-4/{what}", severity)], alarms.Select(alarm => (alarm.Id, (EventSeverity?)alarm.Severity)));
    }

    [Fact]
    public async Task A_certificate_that_was_replaced_may_end()
    {
        _bench.Gateway.Certificates["sallyport_certificate_remaining_seconds" + Labels] = -5;
        await _bench.LiveAsync(seconds: 10);
        Assert.Empty(_bench.Status.Alarms);
        Assert.DoesNotContain(_bench.Status.Credentials, one => one.Kind is "plc");
    }

    [Fact]
    public async Task A_token_from_configuration_is_told_a_day_before_its_end()
    {
        const string Token = """sallyport_sas_remaining_seconds{kind="configuration",credential="gw/ModbusReader"}""";
        _bench.Gateway.Reader[Token] = DayInSeconds + 60;
        await _bench.LiveAsync(seconds: 5);
        Assert.Empty(_bench.Status.Alarms);
        _bench.Gateway.Reader[Token] = DayInSeconds - 60;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(("credential/sas/gw/ModbusReader/ending", EventSeverity.High), (_bench.Status.Alarms[0].Id, _bench.Status.Alarms[0].Severity));
        _bench.Gateway.Reader[Token] = 0;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(("credential/sas/gw/ModbusReader/expired", EventSeverity.Critical), (_bench.Status.Alarms[0].Id, _bench.Status.Alarms[0].Severity));
    }

    [Fact]
    public async Task That_which_ends_first_is_at_the_head()
    {
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(["sas", "device"], _bench.Status.Credentials.Select(one => one.Kind));
        Assert.Equal(_bench.Status.At.AddSeconds(3600), _bench.Status.Credentials[0].Ends);
    }

    [Fact]
    public async Task A_time_that_no_certificate_has_is_passed_over()
    {
        _bench.Gateway.Certificates["sallyport_certificate_life_seconds" + Labels] = 1e18;
        _bench.Gateway.Certificates["sallyport_certificate_remaining_seconds" + Labels] = -1e18;
        await _bench.LiveAsync(seconds: 5);
        Assert.Empty(_bench.Status.Alarms);
    }
}
