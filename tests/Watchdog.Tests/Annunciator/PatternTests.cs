using Sallyport.Telemetry;
using Sallyport.Watchdog.Annunciator;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Annunciator;

public sealed class PatternTests
{
    /// <summary>The table of the module's README.</summary>
    [Theory]
    [InlineData(EventSeverity.Critical, false, "x.x.x.x.", "x.x.x.x.")]
    [InlineData(EventSeverity.Critical, true, "xxxxxxxx", "........")]
    [InlineData(EventSeverity.High, false, "x.x.x.x.", "x.x.....")]
    [InlineData(EventSeverity.High, true, "xxxxxxxx", "........")]
    [InlineData(EventSeverity.Medium, false, "xxxx....", "x.......")]
    [InlineData(EventSeverity.Medium, true, "xxxxxxxx", "........")]
    [InlineData(EventSeverity.Low, false, "xxxxxxxx", "........")]
    [InlineData(EventSeverity.Low, true, "xxxxxxxx", "........")]
    [InlineData(EventSeverity.Informational, false, "........", "........")]
    public void An_alarm_is_shown_and_heard_by_its_severity(EventSeverity severity, bool isAcknowledged, string lamp, string buzzer)
    {
        GatewayStatus status = Pictures.Well with { Alarms = [Pictures.NewAlarm(severity, isAcknowledged)] };
        Assert.Equal((lamp, buzzer), (Played(OutputRole.Alarm, status), Played(OutputRole.Buzzer, status)));
    }

    [Fact]
    public void A_new_alarm_flashes_over_a_worse_one_that_is_known()
    {
        GatewayStatus status = Pictures.Well with { Alarms = [Pictures.NewAlarm(EventSeverity.Critical, isAcknowledged: true), Pictures.NewAlarm(EventSeverity.Medium)] };
        Assert.Equal(("xxxx....", "x......."), (Played(OutputRole.Alarm, status), Played(OutputRole.Buzzer, status)));
    }

    [Theory]
    [InlineData(EventSeverity.Critical, nameof(OutputRole.Critical))]
    [InlineData(EventSeverity.High, nameof(OutputRole.High))]
    [InlineData(EventSeverity.Medium, nameof(OutputRole.Medium))]
    [InlineData(EventSeverity.Low, nameof(OutputRole.Low))]
    public void A_lamp_of_one_severity_shows_that_one_alone(EventSeverity severity, string lamp)
    {
        foreach (OutputRole role in (OutputRole[])[OutputRole.Critical, OutputRole.High, OutputRole.Medium, OutputRole.Low])
        {
            Assert.Equal(string.Equals(role.ToString(), lamp, StringComparison.Ordinal), Played(role, Pictures.With(severity)).Contains('x', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void While_all_is_well_the_lamp_for_it_is_steady_and_the_heartbeat_winks()
    {
        Assert.Equal(("xxxxxxxx", "x.......", "........"), (Played(OutputRole.Well, Pictures.Well), Played(OutputRole.Heartbeat, Pictures.Well), Played(OutputRole.Alarm, Pictures.Well)));
        Assert.Equal(("........", "x......."), (Played(OutputRole.Well, Pictures.Trouble), Played(OutputRole.Heartbeat, Pictures.Trouble)));
    }

    [Fact]
    public void Who_has_not_looked_yet_or_does_not_look_any_more_says_neither_well_nor_alive()
    {
        Assert.Equal(("........", "........"), (Played(OutputRole.Well, GatewayStatus.Unknown), Played(OutputRole.Heartbeat, GatewayStatus.Unknown)));
        GatewayStatus old = Pictures.Well with { At = Pictures.Now - Verdict.BelievedFor - TimeSpan.FromSeconds(1) };
        Assert.Equal(("........", "........"), (Played(OutputRole.Well, old), Played(OutputRole.Heartbeat, old)));
    }

    [Fact]
    public void A_clock_that_was_set_back_keeps_nobody_alive()
    {
        GatewayStatus future = Pictures.Well with { At = Pictures.Now + TimeSpan.FromHours(1) };
        Assert.Equal(("........", "........"), (Played(OutputRole.Well, future), Played(OutputRole.Heartbeat, future)));
    }

    [Fact]
    public void Nothing_flashes_more_than_three_times_in_a_second() =>
        Assert.All(
            (Pattern[])[Pattern.Off, Pattern.Steady, Pattern.Fast, Pattern.Slow, Pattern.Wink, Pattern.TwoTones, Pattern.RareTone],
            pattern => Assert.InRange(Enumerable.Range(0, 4).Count(beat => pattern.IsOn(beat) && !pattern.IsOn(beat + 1)), 0, 3));

    private static string Played(OutputRole role, GatewayStatus status)
    {
        Pattern pattern = PatternChoice.For(role, status, Pictures.Now);
        return string.Concat(Enumerable.Range(0, 8).Select(beat => pattern.IsOn(beat) ? 'x' : '.'));
    }
}
