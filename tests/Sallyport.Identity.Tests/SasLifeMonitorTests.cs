using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Identity.Tests;

public sealed class SasLifeMonitorTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_token_for_an_hour_is_in_alarm_from_12_minutes_before_its_end()
    {
        SasLifeMonitor monitor = await MonitorAsync(TimeSpan.FromHours(1));
        Assert.Equal(SasLifeAlarm.None, monitor.Alarm);
        Assert.Equal(TimeSpan.FromHours(1), monitor.Remaining);

        _time.Advance(TimeSpan.FromMinutes(48));
        Assert.Equal(SasLifeAlarm.None, monitor.Alarm);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SasLifeAlarm.EndingSoon, monitor.Alarm);
    }

    [Fact]
    public async Task A_token_for_48_hours_is_in_alarm_from_24_hours_before_its_end()
    {
        SasLifeMonitor monitor = await MonitorAsync(TimeSpan.FromHours(48));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(SasLifeAlarm.None, monitor.Alarm);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SasLifeAlarm.EndingSoon, monitor.Alarm);
    }

    [Fact]
    public async Task A_token_for_exactly_24_hours_is_not_in_alarm_from_its_first_second()
    {
        SasLifeMonitor monitor = await MonitorAsync(TimeSpan.FromHours(24));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SasLifeAlarm.None, monitor.Alarm);
    }

    [Fact]
    public async Task A_token_expires_at_its_end_and_has_nothing_left()
    {
        SasLifeMonitor monitor = await MonitorAsync(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(SasLifeAlarm.EndingSoon, monitor.Alarm);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(SasLifeAlarm.Expired, monitor.Alarm);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SasLifeAlarm.Expired, monitor.Alarm);
        Assert.Equal(TimeSpan.Zero, monitor.Remaining);
    }

    [Theory]
    [InlineData(25, SasLifeAlarm.None)]
    [InlineData(23, SasLifeAlarm.EndingSoon)]
    [InlineData(0, SasLifeAlarm.Expired)]
    [InlineData(-1, SasLifeAlarm.Expired)]
    public void A_token_from_configuration_is_judged_by_the_24_hour_rule(int hoursLeft, SasLifeAlarm expected)
    {
        long expiry = _time.GetUtcNow().AddHours(hoursLeft).ToUnixTimeSeconds();
        Assert.True(SasToken.TryParse(
            $"SharedAccessSignature sr=a&sig={Uri.EscapeDataString(Convert.ToBase64String(new byte[32]))}&se={expiry}",
            out SasToken? token,
            out _));
        Assert.Equal(expected, new SasLifeMonitor(token, _time).Alarm);
    }

    private async Task<SasLifeMonitor> MonitorAsync(TimeSpan life)
    {
        using SharedAccessKey key = Keys.Counting();
        MintedToken token = await new SasTokenMint(key, "a", _time).MintAsync(life, TestContext.Current.CancellationToken);
        return new SasLifeMonitor(token, _time);
    }
}
