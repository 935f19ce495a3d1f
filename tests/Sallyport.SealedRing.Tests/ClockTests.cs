using System.Globalization;
using System.Text;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Tests;

/// <summary>The wall clock says anything; it is told, and it decides nothing.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData("2016-11-26T12:00:00Z")]
    [InlineData("2038-01-19T03:14:08Z")]
    [InlineData("2106-02-07T06:28:16Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T00:00:00Z")]
    public void A_clock_that_is_set_changes_no_order_and_the_page_says_so_once(string text)
    {
        var wall = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        using (TestRing ring = TestRing.Open(device))
        {
            Append(ring, "a", TestRing.Noon);
            ring.Ring.Seal(TestRing.Noon);
            Append(ring, "b", TestRing.Noon);
            Append(ring, "c", new Moment(TestRing.Noon.Elapsed, wall));
            ring.Ring.Seal(new Moment(TestRing.Noon.Elapsed, wall));
            Append(ring, "d", new Moment(TestRing.Noon.Elapsed, wall));
            ring.Ring.Seal(new Moment(TestRing.Noon.Elapsed, wall));
            Assert.Equal(1, ring.Ring.ClockSteps);
            Assert.True(ring.Commit());
        }

        using TestRing next = TestRing.Open(device, at: wall);
        SealedPage[] pages = [.. next.Drain().Where(page => !page.IsGap())];
        Assert.Equal(["[a]", "[b;c]", "[d]"], pages.Select(page => page.Text()));
        Assert.Equal([false, true, false], pages.Select(page => page.Fields.Flags.HasFlag(PageTraits.ClockStepped)));
        Assert.Equal(wall.ToUnixTimeMilliseconds(), pages[1].Sealed.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void A_clock_that_is_set_before_each_record_loses_and_reorders_nothing()
    {
        var device = new RecordingDevice(128 * RingGeometry.BlockSize);
        var spy = new NonceSpy();
        var texts = new List<string>();
        using (TestRing ring = TestRing.Open(device))
        {
            for (int at = 0; at < 60; at++)
            {
                Append(ring, $"r{at}", new Moment(TestRing.Noon.Elapsed, TestRing.Noon.Wall.AddYears(at % 2 == 0 ? -10 : 80).AddDays(at)));
                Assert.True(at % 5 != 0 || ring.Commit());
                texts.Add($"r{at}");
            }

            Assert.Equal(59, ring.Ring.ClockSteps);
            Assert.True(ring.End());
        }

        using TestRing next = TestRing.Open(device);
        Assert.Equal(texts, next.Drain().DataRecords().Select(record => record.Text));
        spy.Look(device.Log);
    }

    [Fact]
    public void What_a_time_server_corrects_in_passing_is_no_step_until_it_adds_up()
    {
        using TestRing ring = TestRing.Open(TestRing.NewDevice());
        for (int at = 0; at <= 20; at++)
        {
            Append(ring, "a", new Moment(TestRing.Noon.Elapsed + TimeSpan.FromHours(at), TestRing.Noon.Wall + TimeSpan.FromHours(at) + TimeSpan.FromMilliseconds(100 * at)));
        }

        Assert.Equal(0, ring.Ring.ClockSteps);
        Append(ring, "b", new Moment(TestRing.Noon.Elapsed, TestRing.Noon.Wall + TimeSpan.FromMilliseconds(2001)));
        Assert.Equal(1, ring.Ring.ClockSteps);
    }

    private static void Append(TestRing ring, string text, Moment now) =>
        Assert.True(ring.Ring.TryAppend(Encoding.ASCII.GetBytes(text), TestRing.Data, 0, now, out _));
}
