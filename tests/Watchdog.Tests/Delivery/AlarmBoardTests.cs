using System.Collections.Immutable;
using CsCheck;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>Findings become alarms when they stand, and end when they are gone for a while.</summary>
public sealed class AlarmBoardTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ClearAfter = TimeSpan.FromSeconds(30);
    private static readonly Finding Late = new("late", EventSeverity.High, "Late.", "Wait.", TimeSpan.FromSeconds(60));

    private readonly AlarmBoard _board = new();

    [Fact]
    public void A_finding_has_to_stand_before_it_is_an_alarm()
    {
        Assert.Empty(Look(0, Late));
        Assert.Empty(Look(59, Late));
        AlarmChange raised = Assert.Single(Look(60, Late));
        Assert.Equal((true, "late", Noon), (raised.IsOpen, raised.Alarm.Id, raised.Alarm.Since));
        Assert.True(_board.IsOpen("late"));
    }

    [Fact]
    public void An_alarm_is_over_when_its_finding_was_gone_for_a_while()
    {
        Look(0, Late);
        Look(60, Late);
        Assert.Empty(Look(65));
        Assert.Empty(Look(85, Late));
        Assert.Empty(Look(110));
        AlarmChange over = Assert.Single(Look(115));
        Assert.Equal((false, TimeSpan.FromSeconds(115)), (over.IsOpen, over.Stood));
        Assert.Empty(_board.Open);
    }

    [Fact]
    public void The_most_severe_come_first_then_the_oldest()
    {
        Finding[] all = [Now("old", EventSeverity.Low), Now("new", EventSeverity.Critical), Now("newer", EventSeverity.Low)];
        Look(0, all[0]);
        Look(1, all);
        Assert.Equal(["new", "old", "newer"], _board.Open.Select(alarm => alarm.Id));
    }

    [Fact]
    public void What_changes_while_an_alarm_stands_is_seen_and_told_no_second_time()
    {
        Look(0, Now("a", EventSeverity.Low));
        Assert.Empty(Look(5, Now("a", EventSeverity.Critical)));
        Assert.Equal(EventSeverity.Critical, Assert.Single(_board.Open).Severity);
    }

    [Fact]
    public void An_acknowledgement_is_for_one_or_for_all_and_counts_once()
    {
        Look(0, Now("a", EventSeverity.Low), Now("b", EventSeverity.Low), Late);
        Assert.Equal(["a"], _board.Acknowledge("a", Noon));
        Assert.Equal(["b"], _board.Acknowledge(id: null, Noon));
        Assert.Empty(_board.Acknowledge(id: null, Noon));
        Assert.All(_board.Open, alarm => Assert.Equal(Noon, alarm.AcknowledgedAt));
        Look(40);
        Look(45, Now("a", EventSeverity.Low));
        Assert.Null(Assert.Single(_board.Open).AcknowledgedAt);
    }

    [Fact]
    public void Whatever_comes_and_goes_raised_and_over_take_turns_and_no_alarm_is_early() => Gen.Bool.Array[1, 200].Sample(seen =>
    {
        var board = new AlarmBoard();
        var standing = 0;
        var isOpen = false;
        foreach ((var index, var isThere) in seen.Index())
        {
            standing = isThere ? standing + 1 : isOpen ? standing : 0;
            foreach (AlarmChange change in board.Update(isThere ? [Late] : [], TimeSpan.FromSeconds(index * 10), Noon, ClearAfter, _ => null))
            {
                Assert.NotEqual(isOpen, change.IsOpen);
                Assert.True(!change.IsOpen || standing >= 7, "an alarm was early");
                isOpen = change.IsOpen;
                standing = isOpen ? standing : 0;
            }
        }
    });

    private static Finding Now(string id, EventSeverity severity) => new(id, severity, "It is so.", "Act.", TimeSpan.Zero);

    private ImmutableArray<AlarmChange> Look(int seconds, params Finding[] findings) =>
        _board.Update(findings, TimeSpan.FromSeconds(seconds), Noon.AddSeconds(seconds), ClearAfter, _ => null);
}
