using CsCheck;
using Sallyport.IotHub.Lifecycle;

namespace Sallyport.IotHub.Tests.Lifecycle;

public sealed class DeliveryWatchdogTests
{
    private readonly DeliveryWatchdog _watchdog = new(limit: Seconds(120), grace: Seconds(20));

    public DeliveryWatchdogTests() => _watchdog.Opened(Seconds(1000));

    [Fact]
    public void Nothing_undelivered_is_never_a_stall()
    {
        Assert.False(_watchdog.IsStalled(Seconds(9999)));
        _watchdog.Acknowledged(_watchdog.Sent(Seconds(1001)), Seconds(1002));
        Assert.False(_watchdog.IsStalled(Seconds(9999)));
    }

    [Fact]
    public void Something_undelivered_is_a_stall_120_s_after_the_last_acknowledgement()
    {
        _watchdog.Acknowledged(_watchdog.Sent(Seconds(1010)), Seconds(1010));
        _watchdog.Sent(Seconds(1050));

        Assert.False(_watchdog.IsStalled(Seconds(1129.9)));
        Assert.True(_watchdog.IsStalled(Seconds(1130)));
    }

    [Fact]
    public void A_connection_that_never_acknowledged_counts_from_its_opening()
    {
        _watchdog.Sent(Seconds(1001));

        Assert.False(_watchdog.IsStalled(Seconds(1119.9)));
        Assert.True(_watchdog.IsStalled(Seconds(1120)));
    }

    [Fact]
    public void A_publish_that_timed_out_is_still_undelivered()
    {
        _watchdog.TimedOut(_watchdog.Sent(Seconds(1001)));

        Assert.True(_watchdog.IsStalled(Seconds(1120)));
    }

    [Fact]
    public void A_publish_that_timed_out_is_forgotten_when_a_later_one_is_acknowledged()
    {
        _watchdog.TimedOut(_watchdog.Sent(Seconds(1001)));
        _watchdog.Acknowledged(_watchdog.Sent(Seconds(1030)), Seconds(1031));

        Assert.False(_watchdog.IsStalled(Seconds(9999)));
    }

    [Fact]
    public void A_publish_that_timed_out_is_not_forgotten_when_an_earlier_one_is_acknowledged()
    {
        long earlier = _watchdog.Sent(Seconds(1001));
        _watchdog.TimedOut(_watchdog.Sent(Seconds(1002)));
        _watchdog.Acknowledged(earlier, Seconds(1031));

        Assert.True(_watchdog.IsStalled(Seconds(1151)));
    }

    [Fact]
    public void After_an_idle_hour_the_first_message_has_its_time()
    {
        _watchdog.Sent(Seconds(4600));

        Assert.False(_watchdog.IsStalled(Seconds(4619.9)));
        Assert.True(_watchdog.IsStalled(Seconds(4620)));
    }

    [Fact]
    public void A_new_connection_starts_afresh()
    {
        _watchdog.Sent(Seconds(1001));
        _watchdog.Opened(Seconds(1200));

        Assert.False(_watchdog.IsStalled(Seconds(9999)));
    }

    [Fact]
    public void It_agrees_with_a_model_that_keeps_everything() => Gen
        .Select(Gen.Int[0, 3], Gen.Int[1, 40])
        .List[1, 60]
        .Sample(steps =>
        {
            var watchdog = new DeliveryWatchdog(Seconds(120), Seconds(20));
            var open = new List<(long Number, int At, bool IsTimedOut)>();
            int now = 0;
            int lastAcknowledged = 0;
            watchdog.Opened(Seconds(0));
            foreach ((int kind, int wait) in steps)
            {
                now += wait;
                int waiting = open.FindIndex(one => !one.IsTimedOut);
                if (kind <= 1)
                {
                    open.Add((watchdog.Sent(Seconds(now)), now, false));
                }
                else if (kind == 2 && waiting >= 0)
                {
                    watchdog.TimedOut(open[waiting].Number);
                    open[waiting] = open[waiting] with { IsTimedOut = true };
                }
                else if (kind == 3 && waiting >= 0)
                {
                    long number = open[waiting].Number;
                    watchdog.Acknowledged(number, Seconds(now));
                    lastAcknowledged = now;
                    open.RemoveAll(one => one.Number == number || (one.IsTimedOut && one.Number < number));
                }

                bool expected = now - lastAcknowledged >= 120 && open.Exists(one => now - one.At >= 20);
                if (watchdog.IsStalled(Seconds(now)) != expected)
                {
                    return false;
                }
            }

            return true;
        });

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
