using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Tests.Modules;

public sealed class StopOrderTests
{
    [Fact]
    public void Those_that_nobody_feeds_stop_first() => Assert.Equal(
        "EtherNetIpReader ModbusReader | SecureBuffer",
        Waves(["SecureBuffer", "ModbusReader", "EtherNetIpReader"], ("ModbusReader", "SecureBuffer"), ("EtherNetIpReader", "SecureBuffer")));

    [Fact]
    public void Modules_that_feed_each_other_stop_together() => Assert.Equal(
        "Reader | Buffer Watchdog",
        Waves(["Buffer", "Reader", "Watchdog"], ("Reader", "Buffer"), ("Watchdog", "Buffer"), ("Buffer", "Watchdog")));

    [Fact]
    public void A_module_that_feeds_itself_waits_for_nobody() => Assert.Equal("A | B", Waves(["B", "A"], ("A", "A"), ("A", "B")));

    [Fact]
    public void Without_routes_all_stop_at_once() => Assert.Equal("A B", Waves(["B", "A"]));

    private static string Waves(string[] modules, params (string From, string To)[] feeds) =>
        string.Join(" | ", StopOrder.Waves(modules, feeds).Select(wave => string.Join(' ', wave)));
}
