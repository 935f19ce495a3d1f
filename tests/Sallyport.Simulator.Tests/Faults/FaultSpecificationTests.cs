using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Tests.Faults;

public sealed class FaultSpecificationTests
{
    public static TheoryData<string, object, double?> Good => new()
    {
        { "uplink-cut:5s", new Fault.UplinkCut(TimeSpan.FromSeconds(5)), null },
        { "uplink-silent:5", new Fault.UplinkSilent(TimeSpan.FromSeconds(5)), null },
        { "uplink-delay:200ms", new Fault.UplinkDelay(TimeSpan.FromMilliseconds(200)), null },
        { "edgehub-restart", new Fault.EdgeHubRestart(TimeSpan.Zero), null },
        { "edgehub-restart:20s", new Fault.EdgeHubRestart(TimeSpan.FromSeconds(20)), null },
        { "kill:ModbusReader@1s", new Fault.Kill("ModbusReader", TimeSpan.Zero), 1 },
        { "kill:ModbusReader:60s", new Fault.Kill("ModbusReader", TimeSpan.FromSeconds(60)), null },
        { "expire-sas:EtherNetIpReader:20s", new Fault.ExpireSas("EtherNetIpReader", TimeSpan.FromSeconds(20)), null },
        { "strange-module:5s", new Fault.StrangeModule(TimeSpan.FromSeconds(5)), null },
        { "edgehub-restart@3s", new Fault.EdgeHubRestart(TimeSpan.Zero), 3 },
        { "revoke-device:5s", new Fault.RevokeDevice(TimeSpan.FromSeconds(5)), null },
        { "expire-certificate:5s@1s", new Fault.ExpireCertificate(TimeSpan.FromSeconds(5)), 1 },
        { "clock-jump:+400d", new Fault.ClockJump(TimeSpan.FromDays(400), TimeSpan.FromSeconds(5)), null },
        { "clock-jump:-36h:8s@2s", new Fault.ClockJump(TimeSpan.FromHours(-36), TimeSpan.FromSeconds(8)), 2 },
        { "edgehub-half-open:130@2", new Fault.EdgeHubHalfOpen(TimeSpan.FromSeconds(130)), 2 },
        { "plant-slow:0.5s@0", new Fault.PlantSlow(TimeSpan.FromMilliseconds(500)), 0 },
        { "plant-late:5s@2s", new Fault.PlantRude(new(Rudeness: PlantRudeness.Late), null, TimeSpan.FromSeconds(5)), 2 },
        { "plant-busy/2:5s", new Fault.PlantRude(PlantManners.Busy, 2, TimeSpan.FromSeconds(5)), null },
        { "plant-one-connection:5s", new Fault.PlantOneConnection(PlantAdmission.OneOldestStays, TimeSpan.FromSeconds(5)), null },
        { "plant-newest-wins:5s", new Fault.PlantOneConnection(PlantAdmission.OneNewestStays, TimeSpan.FromSeconds(5)), null },
        { "eip-session-lost:5s", new Fault.ControllerRude(new(Rudeness: EtherNetIpRudeness.SessionLost, Every: 5), TimeSpan.FromSeconds(5)), null },
        { "eip-slow:200ms", new Fault.ControllerRude(new(TimeSpan.FromMilliseconds(200)), Timeout.InfiniteTimeSpan), null },
        { "eip-download@3s", new Fault.ControllerDownload(), 3 },
        { "disk-full:SecureBuffer", new Fault.DiskFull("SecureBuffer", null), 0 },
        { "disk-full:SecureBuffer:5s@2s", new Fault.DiskFull("SecureBuffer", TimeSpan.FromSeconds(5)), 2 },
        { "disk-failing:SecureBuffer", new Fault.DiskFailing("SecureBuffer", null), null },
        { "disk-failing:SecureBuffer:5s@2s", new Fault.DiskFailing("SecureBuffer", TimeSpan.FromSeconds(5)), 2 },
        { "forge-batch@4s", new Fault.ForgeBatch(), 4 },
        { "drop-batch", new Fault.DropBatch(), null },
        { "replay-batch@4s", new Fault.ReplayBatch(), 4 },
        { "plant-dead:5s@1500ms", new Fault.PlantDead(TimeSpan.FromSeconds(5)), 1.5 },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_fault_is_read_with_its_time_and_its_start(string text, object fault, double? start)
    {
        Assert.True(FaultSpecification.TryParse(text, out var specification, out _));
        Assert.Equal(fault, specification.Fault);
        Assert.Equal(start, specification.Start?.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("uplink")]
    [InlineData("uplink-cut")]
    [InlineData("uplink-cut:")]
    [InlineData("uplink-cut:0s")]
    [InlineData("uplink-cut:-1s")]
    [InlineData("uplink-cut:soon")]
    [InlineData("uplink-cut:5m")]
    [InlineData("uplink-cut:5s@")]
    [InlineData("uplink-cut:99999999s")]
    [InlineData("edgehub-restart:0s")]
    [InlineData("kill")]
    [InlineData("kill:")]
    [InlineData("kill:SecureBuffer:soon")]
    [InlineData("expire-sas:20s:20s:20s")]
    [InlineData("strange-module")]
    [InlineData("eip-silent")]
    [InlineData("eip-download:5s")]
    [InlineData("disk-full")]
    [InlineData("disk-full:")]
    [InlineData("disk-full::5s")]
    [InlineData("disk-full:SecureBuffer:")]
    [InlineData("disk-full:SecureBuffer:0s")]
    [InlineData("disk-failing:SecureBuffer:soon")]
    [InlineData("forge-batch:5s")]
    [InlineData("revoke-device")]
    [InlineData("clock-jump")]
    [InlineData("clock-jump:400d")]
    [InlineData("clock-jump:+400")]
    [InlineData("clock-jump:+0d")]
    [InlineData("clock-jump:+40000d")]
    [InlineData("clock-jump:+1d:0s")]
    [InlineData("plant-busy")]
    [InlineData("plant-busy/:5s")]
    [InlineData("plant-busy/0:5s")]
    [InlineData("plant-busy/248:5s")]
    [InlineData("plant-busy/two:5s")]
    [InlineData("plant-dead/2:5s")]
    [InlineData("plant-one-connection/2:5s")]
    public void Anything_else_is_refused_with_a_reason(string text)
    {
        Assert.False(FaultSpecification.TryParse(text, out _, out var reason));
        Assert.Contains(text, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_of_the_help_text_is_a_fault() =>
        Assert.All(FaultSpecification.Names, name => Assert.True(FaultSpecification.TryParse(name, out _, out _), name));
}
