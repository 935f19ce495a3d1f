using System.Text.Json;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Tests.Polling;

public sealed class PollingTests
{
    private const int TestLimit = 30_000;
    private const string TwoTags = """
        "speed":{"group":"fast","tag":"Line1.Speed","type":"REAL"},"count":{"group":"fast","tag":"Line1.Count","type":"DINT"}
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Fact(Timeout = TestLimit)]
    public async Task A_group_is_polled_at_once_and_then_once_per_interval()
    {
        await using ReaderBench bench = Running(TwoTags);
        Assert.Equal("line-1 0: count=7 speed=1.5", await bench.NextFrameAsync());
        bench.Time.Advance(Interval);
        Assert.StartsWith("line-1 1:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        Assert.Equal(["Line1.Count Line1.Speed", "Line1.Count Line1.Speed"], bench.Controller().Rounds);
    }

    [Fact(Timeout = TestLimit)]
    public async Task The_protocol_and_the_group_are_in_the_frame()
    {
        await using ReaderBench bench = Running(TwoTags);
        JsonElement frame = await bench.NextFrameBodyAsync();
        Assert.Equal(("ethernet-ip", "fast"), (frame.GetProperty("protocol").GetString(), frame.GetProperty("group").GetString()));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_tag_that_is_refused_is_bad_and_the_controller_degraded_and_the_others_go_on()
    {
        await using ReaderBench bench = Running(TwoTags, controller => controller.Refuse("Line1.Count", "no such tag, asked again at 10:16:00Z"));
        JsonElement bad = (await bench.NextFrameBodyAsync()).GetProperty("points")[0];
        Assert.Equal(("BadNodeIdUnknown", "no such tag, asked again at 10:16:00Z"), (bad.GetProperty("qs").GetString(), bad.GetProperty("x").GetString()));
        Assert.Equal("starting", await bench.NextStatusAsync());
        Assert.Equal("degraded count: no such tag, asked again at 10:16:00Z", await bench.NextStatusAsync());
    }

    [Theory(Timeout = TestLimit)]
    [InlineData(true, "BadNotConnected")]
    [InlineData(false, "BadTimeout")]
    public async Task A_controller_that_does_not_answer_is_offline_with_the_last_values_and_is_back_when_it_does(bool isConnectionDown, string status)
    {
        await using ReaderBench bench = Running(TwoTags);
        await bench.NextFrameAsync();
        bench.Controller().Always(new RoundOutcome.Silent("no route to host", isConnectionDown));
        bench.Time.Advance(Interval);
        JsonElement count = (await bench.NextFrameBodyAsync()).GetProperty("points")[0];
        Assert.Equal(
            (status, "no route to host", 7, "2026-11-22T10:15:00Z"),
            (count.GetProperty("qs").GetString(), count.GetProperty("x").GetString(), count.GetProperty("lv").GetInt32(), count.GetProperty("lt").GetString()));
        Assert.Equal(DeviceState.Offline, bench.Supervisor.Sources[0].Status.Current.State);

        bench.Controller().Recover();
        await bench.UntilAsync(() => bench.Supervisor.Sources[0].Status.Current.State is DeviceState.Online, Interval);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Elements_of_an_array_are_points_of_their_own()
    {
        await using ReaderBench bench = Running(
            """ "zone":{"group":"fast","tag":"Zones[4]","elements":2,"type":"INT","scale":0.1} """,
            controller =>
            {
                controller.Set("Zones[4]", CipDataType.Int, PointValue.FromInt64(215));
                controller.Set("Zones[5]", CipDataType.Int, PointValue.FromInt64(220));
            });
        Assert.Equal("line-1 0: zone[0]=21.5 zone[1]=22", await bench.NextFrameAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_scale_of_another_tag_and_words_are_applied()
    {
        await using ReaderBench bench = Running(
            """
            "flow":{"group":"fast","tag":"Flow","scaleFrom":"flow_sf"},"flow_sf":{"group":"fast","tag":"FlowSf"},
            "mode":{"group":"fast","tag":"Mode","enum":{"0":"off","1":"on"}}
            """,
            controller =>
            {
                controller.Set("Flow", CipDataType.Int, PointValue.FromInt64(725));
                controller.Set("FlowSf", CipDataType.Sint, PointValue.FromInt64(-2));
                controller.Set("Mode", CipDataType.Dint, PointValue.FromInt64(1));
            });
        Assert.Equal("line-1 0: flow=7.25 flow_sf=-2 mode=on", await bench.NextFrameAsync());
    }

    [Theory(Timeout = TestLimit)]
    [InlineData("\"scale\":2")]
    [InlineData("\"clamp\":{\"max\":2}")]
    public async Task A_text_or_a_truth_value_that_should_be_computed_with_is_bad_when_its_type_is_learned(string transform)
    {
        await using ReaderBench bench = Running(
            $$""" "a":{"group":"fast","tag":"A",{{transform}}},"b":{"group":"fast","tag":"B",{{transform}}} """,
            controller =>
            {
                controller.Set("A", CipDataType.String, PointValue.FromText("recipe 4"));
                controller.Set("B", CipDataType.Bool, PointValue.FromBoolean(true));
            });
        Assert.Equal("line-1 0: a=BadConfigurationError b=BadConfigurationError", await bench.NextFrameAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_new_plan_with_the_same_work_leaves_the_connection_and_the_loop_as_they_are()
    {
        await using ReaderBench bench = Running(TwoTags);
        await bench.NextFrameAsync();
        ScriptedController controller = bench.Controller();
        bench.Use(Plans.WithTags(TwoTags));
        await bench.UntilAsync(() => bench.Outboxes.Status.Count > 2);
        bench.Time.Advance(Interval);
        Assert.StartsWith("line-1 1:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        Assert.Same(controller, bench.Controller());
        Assert.False(controller.IsDisposed);
        Assert.True(bench.Controllers.TryFind(bench.Plan.Value!.Plan.Sources[0], out IController? found));
        Assert.Same(controller, found);
    }

    [Theory(Timeout = TestLimit)]
    [InlineData("""{"host":"line-1","keying":"ignore","path":"1,0"}""")]
    [InlineData("""{"host":"line-1","keying":"exact","vendor":1,"deviceType":14,"productCode":94,"revision":"33.11"}""")]
    public async Task A_plan_of_another_device_opens_it_anew(string controller)
    {
        await using ReaderBench bench = Running(TwoTags);
        await bench.NextFrameAsync();
        ScriptedController before = bench.Controller();
        bench.Use(Plans.WithTags(TwoTags, controller));
        await bench.UntilAsync(() => before.IsDisposed && !ReferenceEquals(before, bench.Controller()));
    }

    internal static ReaderBench Running(string tags, Action<ScriptedController>? prepare = null, string controller = Plans.AnyDevice)
    {
        var bench = new ReaderBench
        {
            Prepare = script =>
            {
                script.Set("Line1.Speed", CipDataType.Real, PointValue.FromSingle(1.5f));
                script.Set("Line1.Count", CipDataType.Dint, PointValue.FromInt64(7));
                prepare?.Invoke(script);
            },
        };
        bench.Use(Plans.WithTags(tags, controller));
        bench.Start();
        return bench;
    }
}
