using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Telemetry;
using static Sallyport.EtherNetIpOriginator.Tests.Device.ControllerBench;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>Whatever comes, a value is the value that was asked for, or none; and when it is over, reading goes on.</summary>
public sealed class HostileTests
{
    private static readonly string[] Names = ["Pump", "Torque", "Position", "Pi", "Titles[2]"];
    private static readonly string[] Values = ["true", "-30000", "-2000000000", "3.141592653589793", "T2"];

    public static TheoryData<string> Rudenesses => [.. Enum.GetNames<EtherNetIpRudeness>()];

    [Theory]
    [MemberData(nameof(Rudenesses))]
    public async Task A_rude_device_brings_no_wrong_value(string rudeness)
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare(Names);
        Assert.Equal(Values, await ReadAsync(group));
        await ReadAsync(group);
        var manners = new EtherNetIpManners(Rudeness: Enum.Parse<EtherNetIpRudeness>(rudeness));
        bench.Plant.Behaviour.Set(manners);
        for (int round = 0; round < 3; round++)
        {
            if (manners.IsHonest)
            {
                Assert.Equal(Values, await ReadAsync(group));
                continue;
            }

            (RoundOutcome outcome, ValueOutcome[] values) = await bench.ReadWhileTimeRunsAsync(group);
            if (outcome is RoundOutcome.Read)
            {
                Assert.All(values.Zip(Values), pair => Assert.True(pair.First.Value is null || string.Equals(Text(pair.First), pair.Second, StringComparison.Ordinal), Text(pair.First)));
            }
            else
            {
                Assert.IsType<RoundOutcome.Silent>(outcome);
            }
        }

        bench.Plant.Behaviour.Set(EtherNetIpManners.Good);
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        (RoundOutcome last, ValueOutcome[] again) = (await group.ReadAsync(new ValueOutcome[Names.Length], Stop), new ValueOutcome[Names.Length]);
        Assert.True(last is RoundOutcome.Read or RoundOutcome.Silent, last.ToString());
        Assert.IsType<RoundOutcome.Read>(await group.ReadAsync(again, Stop));
        Assert.Equal(Values, again.Select(Text));
    }

    [Theory]
    [InlineData(EtherNetIpRudeness.NoReply, "timeouts")]
    [InlineData(EtherNetIpRudeness.WrongSequence, "late_replies")]
    [InlineData(EtherNetIpRudeness.StaleReply, "late_replies")]
    [InlineData(EtherNetIpRudeness.SessionLost, "protocol_errors")]
    internal async Task Each_failure_has_its_counter(EtherNetIpRudeness rudeness, string counter)
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare(Names);
        await ReadAsync(group);
        Assert.Equal(0, bench.Counted(counter));
        bench.Plant.Behaviour.Set(new EtherNetIpManners(Rudeness: rudeness));
        Task<RoundOutcome> reading = group.ReadAsync(new ValueOutcome[Names.Length], Stop).AsTask();
        while (bench.Counted(counter) == 0)
        {
            bench.Time.Advance(rudeness is EtherNetIpRudeness.NoReply ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero);
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }

        while (!reading.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.IsType<RoundOutcome.Silent>(await reading);
    }

    [Fact]
    public async Task A_connection_that_the_controller_dropped_is_opened_again()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare(Names);
        await ReadAsync(group);
        bench.Plant.Device.Connections.Drop(1);
        (RoundOutcome outcome, _) = await bench.ReadWhileTimeRunsAsync(group);
        Assert.Equal(new RoundOutcome.Silent("no answer in time", IsConnectionDown: false), outcome);
        Assert.Equal(Values, await ReadAsync(group));
        Assert.Equal(1, bench.Counted("timeouts"));
    }

    [Fact]
    public async Task A_session_that_was_closed_while_it_was_quiet_is_opened_again_within_the_round()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare(Names);
        await ReadAsync(group);
        await bench.Plant.DieAsync();
        bench.Plant.Start();
        Assert.Equal(Values, await ReadAsync(group));
        Assert.Equal(2, bench.Counted("connects"));
    }

    [Fact]
    public async Task Nobody_there_is_said_so()
    {
        await using ControllerBench bench = Logix();
        await bench.Plant.DieAsync();
        var silent = Assert.IsType<RoundOutcome.Silent>(await bench.Prepare(Names).ReadAsync(new ValueOutcome[Names.Length], Stop));
        Assert.True(silent.IsConnectionDown);
        Assert.Equal("cannot connect: ConnectionRefused", silent.Reason);
        Assert.Equal(1, bench.Counted("connect_failures"));
        bench.Plant.Start();
        Assert.Equal(Values, await ReadAsync(bench.Prepare(Names)));
    }
}
