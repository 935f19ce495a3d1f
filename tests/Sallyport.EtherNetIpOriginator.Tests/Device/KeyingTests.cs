using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Telemetry;
using static Sallyport.EtherNetIpOriginator.Tests.Device.ControllerBench;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>Who the controller is comes before what it says.</summary>
public sealed class KeyingTests
{
    private static readonly ElectronicKey Right = new()
    {
        Vendor = 1,
        DeviceType = 14,
        ProductCode = 0x010B,
        Major = 33,
        Minor = 11,
        SerialNumber = 0x00C0_FFEE,
    };

    public static TheoryData<string> Fields => [.. Enum.GetNames<KeyField>()];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Nothing_is_read_from_a_device_that_differs_in_one_field(string field)
    {
        ElectronicKey key = Enum.Parse<KeyField>(field) switch
        {
            KeyField.Vendor => Right with { Vendor = 2 },
            KeyField.DeviceType => Right with { DeviceType = 12 },
            KeyField.ProductCode => Right with { ProductCode = 7 },
            KeyField.Revision => Right with { Major = 34, RevisionMatch = RevisionMatch.Compatible },
            _ => Right with { SerialNumber = 1 },
        };
        await using ControllerBench bench = Logix(plan => plan with { Key = key });
        var values = new ValueOutcome[1];
        var wrong = Assert.IsType<RoundOutcome.WrongDevice>(await bench.Prepare("Pump").ReadAsync(values, Stop));
        Assert.Equal(field, Assert.Single(wrong.Differences.Fields).Field.ToString());
        Assert.IsType<IdentifyOutcome.WrongDevice>(await bench.Controller.IdentifyAsync(Stop));
        Assert.IsType<RoundOutcome.WrongDevice>(await bench.Prepare("Pump").ReadAsync(values, Stop));
        Assert.Equal(0, bench.Plant.Device.Connections.Count);
        Assert.Equal(0, bench.Counted("requests"));
        Assert.Equal(1, bench.Counted("wrong_devices"));
        Assert.Equal(1, bench.Plant.Accepted);
    }

    [Fact]
    public async Task The_right_device_is_read_and_its_key_stands_in_the_Forward_Open()
    {
        await using ControllerBench bench = Logix(plan => plan with { Key = Right, Route = Route("1,0") });
        Assert.Equal(["true"], await ReadAsync(bench.Prepare("Pump")));
        Assert.Equal("5069-L330ER/A", Assert.IsType<IdentifyOutcome.Identified>(await bench.Controller.IdentifyAsync(Stop)).Identity.ProductName);
    }

    [Fact]
    public async Task A_wrong_slot_says_what_to_check()
    {
        await using ControllerBench bench = Logix(plan => plan with { Route = Route("1,5") });
        var silent = Assert.IsType<RoundOutcome.Silent>(await bench.Prepare("Pump").ReadAsync(new ValueOutcome[1], Stop));
        Assert.Contains("check the slot", silent.Reason, StringComparison.Ordinal);
        Assert.False(silent.IsConnectionDown);
    }

    [Fact]
    public async Task A_Micro800_has_no_route_and_is_not_asked_on_and_on()
    {
        await using ControllerBench bench = Micro(plan => plan with { Route = Route("1,0") });
        ITagGroup group = bench.Prepare("Running");
        for (int round = 0; round < 3; round++)
        {
            var silent = Assert.IsType<RoundOutcome.Silent>(await group.ReadAsync(new ValueOutcome[1], Stop));
            Assert.Equal("a Micro800 has no route: leave it out", silent.Reason);
        }

        Assert.Equal(1, bench.Plant.Accepted);
        Assert.Single(bench.Log.GetSnapshot(), one => one.Id.Id == 1408);
    }

    [Fact]
    public async Task A_device_that_takes_only_CIP_Security_is_reported_as_such()
    {
        await using ControllerBench bench = Logix(traits: DeviceTraits.CompactLogix with { IsLockedToSecurePort = true });
        ITagGroup group = bench.Prepare("Pump");
        for (int round = 0; round < 3; round++)
        {
            var silent = Assert.IsType<RoundOutcome.Silent>(await group.ReadAsync(new ValueOutcome[1], Stop));
            Assert.Contains("CIP Security", silent.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(1, bench.Plant.Accepted);
        bench.Time.Advance(HoldOff.Lasting);
        await group.ReadAsync(new ValueOutcome[1], Stop);
        Assert.Equal(2, bench.Plant.Accepted);
    }

    [Fact]
    public async Task Mode_and_faults_are_observed()
    {
        await using ControllerBench bench = Logix();
        await ReadAsync(bench.Prepare("Pump"));
        Assert.Equal(LogixMode.Executing, Assert.Single(bench.Observed).Status.Mode);
        bench.Plant.Device.Mode = ControllerMode.RemoteProgram;
        var identified = Assert.IsType<IdentifyOutcome.Identified>(await bench.Controller.IdentifyAsync(Stop));
        Assert.Equal(LogixMode.Program, identified.Identity.Status.Mode);
        Assert.Equal(2, bench.Observed.Count);
        Assert.Equal(1, bench.Counted("status_changes"));
        Assert.Equal(["true"], await ReadAsync(bench.Prepare("Pump")));
    }

    [Fact]
    public async Task A_quiet_session_is_kept_alive_by_asking_who_the_controller_is()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare("Pump");
        await ReadAsync(group);
        bench.Plant.Device.Mode = ControllerMode.Faulted;
        long answers = bench.Plant.Answers;
        for (int step = 0; step < 3; step++)
        {
            bench.Time.Advance(KeepAlive.Step);
        }

        await bench.Plant.Answered.WaitUntilAsync(() => bench.Observed.Count > 1 || bench.Plant.Answers > answers, Stop);
        while (bench.Observed.Count == 1)
        {
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }

        Assert.Contains(bench.Observed, identity => identity.Status.HasMajorRecoverableFault);
        Assert.Equal(1, bench.Counted("status_changes"));
    }
}
