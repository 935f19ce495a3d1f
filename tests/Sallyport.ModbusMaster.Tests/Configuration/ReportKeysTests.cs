using Sallyport.Acquisition;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Configuration;

public sealed class ReportKeysTests
{
    [Fact]
    public void Without_keys_every_poll_is_reported()
    {
        PollPlan poll = PollOf("");
        Assert.Equal(ReportPlan.EveryPoll, poll.Report);
        Assert.Equal(ReportPlan.EveryPoll, PollOf("\"report\":\"poll\"").Report);
        Assert.Equal(default, poll.Points[0].Deadband);
    }

    [Fact]
    public void Changes_come_with_a_key_frame_a_minute_unless_the_group_says_otherwise()
    {
        Assert.Equal(
            new ReportPlan { IsOnChange = true, KeyFrame = TimeSpan.FromMinutes(1) }, PollOf("\"report\":\"change\"").Report);
        Assert.Equal(
            new ReportPlan
            {
                IsOnChange = true,
                Heartbeat = TimeSpan.FromSeconds(10),
                KeyFrame = TimeSpan.FromHours(1),
                MinReport = TimeSpan.FromSeconds(5),
            },
            PollOf("\"report\":\"change\",\"heartbeatMs\":10000,\"keyFrameMs\":3600000,\"minReportMs\":5000").Report);
    }

    [Theory]
    [InlineData("", "", 0, false)]
    [InlineData(",\"deadband\":0.5", "", 0.5, false)]
    [InlineData(",\"deadband\":\"2%\"", "", 2, true)]
    [InlineData(",\"deadband\":\"2%\"", ",\"deadband\":3", 3, false)]
    [InlineData(",\"deadband\":3", ",\"deadband\":\"0.25%\"", 0.25, true)]
    [InlineData(",\"deadband\":3", ",\"deadband\":0", 0, false)]
    public void A_point_has_its_own_deadband_or_that_of_its_group(string group, string point, double amount, bool isPercent) =>
        Assert.Equal(new Deadband(amount, isPercent), PollOf($"\"report\":\"change\"{group}", point).Points[0].Deadband);

    [Theory]
    [InlineData("\"report\":\"often\"", "", "/groups/fast/report")]
    [InlineData("\"report\":\"poll\",\"heartbeatMs\":10000", "", "/groups/fast/heartbeatMs")]
    [InlineData("\"deadband\":1", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\",\"heartbeatMs\":999", "", "/groups/fast/heartbeatMs")]
    [InlineData("\"report\":\"change\",\"keyFrameMs\":86400001", "", "/groups/fast/keyFrameMs")]
    [InlineData("\"report\":\"change\",\"minReportMs\":5000,\"heartbeatMs\":4000", "", "/groups/fast/heartbeatMs")]
    [InlineData("\"report\":\"change\",\"minReportMs\":5000,\"keyFrameMs\":4000", "", "/groups/fast/keyFrameMs")]
    [InlineData("\"report\":\"change\",\"deadband\":-1", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\",\"deadband\":1e999", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\",\"deadband\":\"2\"", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\",\"deadband\":\"101%\"", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\",\"deadband\":\"-1%\"", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\",\"deadband\":\"%\"", "", "/groups/fast/deadband")]
    [InlineData("\"report\":\"change\"", ",\"deadband\":true", "/points/u/p1/deadband")]
    [InlineData("", ",\"deadband\":1", "/points/u/p1/deadband")]
    public void What_cannot_be_kept_is_refused_where_it_stands(string group, string point, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(Document(group, point))).Faults).Pointer);

    [Fact]
    public void A_loop_does_not_go_on_under_other_report_settings()
    {
        PollPlan plain = PollOf("\"report\":\"change\"");
        Assert.True(plain.IsSameWorkAs(PollOf("\"report\":\"change\"")));
        Assert.False(plain.IsSameWorkAs(PollOf("")));
        Assert.False(plain.IsSameWorkAs(PollOf("\"report\":\"change\",\"keyFrameMs\":5000")));
        Assert.False(plain.IsSameWorkAs(PollOf("\"report\":\"change\"", ",\"deadband\":1")));
    }

    private static PollPlan PollOf(string group, string point = "") => Plans.Read(Document(group, point)).Units[0].Polls[0];

    private static string Document(string group, string point) => Plans.JsonFor(("u", [1]))
        .Replace("\"intervalMs\":1000", group.Length > 0 && group[0] is not ',' ? $"\"intervalMs\":1000,{group}" : $"\"intervalMs\":1000{group}", StringComparison.Ordinal)
        .Replace("\"type\":\"uint16\"", $"\"type\":\"uint16\"{point}", StringComparison.Ordinal);
}
