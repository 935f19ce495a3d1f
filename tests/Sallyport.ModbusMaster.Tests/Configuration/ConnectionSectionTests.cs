using Sallyport.Hosting;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Configuration;

public sealed class ConnectionSectionTests
{
    private const string Tls = """
        "tls":{"caFile":"/certs/ca.pem","certificateFile":"/certs/own.pem","keyFile":"/certs/own.key"}
        """;

    // Facts 2.18: names and IPv6, not IPv4 alone.
    [Theory]
    [InlineData("modbus-tcp://PLC.local", "modbus-tcp", "plc.local:502")]
    [InlineData("modbus-tcp://[::1]:1502", "modbus-tcp", "::1:1502")]
    [InlineData("modbus-rtu-tcp://10.0.0.9:4001", "modbus-rtu-tcp", "10.0.0.9:4001")]
    [InlineData("modbus-rtu:///dev/ttyUSB0", "modbus-rtu", "/dev/ttyUSB0")]
    [InlineData("modbus-rtu:///dev/serial/by-id/usb-FTDI_0?baud=115200&parity=none&stopBits=2", "modbus-rtu", "/dev/serial/by-id/usb-FTDI_0")]
    public void Each_kind_of_endpoint_is_understood(string text, string protocol, string address)
    {
        Assert.True(EndpointText.TryParse(text, out ModbusEndpoint? endpoint));
        Assert.Equal((protocol, address), (endpoint.Protocol, endpoint.ToString()));
    }

    [Fact]
    public void A_serial_port_has_the_defaults_of_the_specification()
    {
        Assert.True(EndpointText.TryParse("modbus-rtu:///dev/ttyS1", out ModbusEndpoint? endpoint));
        Assert.Equal(new ModbusEndpoint.Serial("/dev/ttyS1", 19_200, SerialParity.Even, StopBits: 1), endpoint);
    }

    [Theory]
    [InlineData("modbus-rtu-tcp://10.0.0.9")]
    [InlineData("modbus-rtu://host/dev/ttyS1")]
    [InlineData("modbus-rtu:///etc/passwd")]
    [InlineData("modbus-rtu:///dev/../etc/passwd")]
    [InlineData("modbus-rtu:///dev/")]
    [InlineData("modbus-rtu:///dev/ttyS1?baud=14401")]
    [InlineData("modbus-rtu:///dev/ttyS1?baud=-9600")]
    [InlineData("modbus-rtu:///dev/ttyS1?parity=mark")]
    [InlineData("modbus-rtu:///dev/ttyS1?stopBits=1.5")]
    [InlineData("modbus-rtu:///dev/ttyS1?baud=9600&baud=19200")]
    [InlineData("modbus-rtu:///dev/ttyS1?speed=9600")]
    [InlineData("modbus-tcp://host?baud=9600")]
    [InlineData("modbus-udp://host")]
    public void Anything_else_is_no_endpoint(string text) => Assert.False(EndpointText.TryParse(text, out _));

    // Facts 6.25: 3.5 characters of 11 bits, but 1.75 ms above 19200 baud.
    [Theory]
    [InlineData(9600, SerialParity.Even, 1, 4.0104)]
    [InlineData(19_200, SerialParity.Even, 1, 2.0052)]
    [InlineData(19_200, SerialParity.None, 1, 1.8229)]
    [InlineData(38_400, SerialParity.Even, 1, 1.75)]
    [InlineData(921_600, SerialParity.None, 1, 1.75)]
    public void The_silence_between_frames_follows_the_rate(int baud, SerialParity parity, int stopBits, double milliseconds) =>
        Assert.Equal(milliseconds, new ModbusEndpoint.Serial("/dev/ttyS1", baud, parity, stopBits).Silence.TotalMilliseconds, tolerance: 0.0001);

    [Fact]
    public void Every_key_has_its_place_in_the_plan()
    {
        ConnectionPlan plan = Connection("""
            "endpoint":"modbus-tcp://a:1","timeoutMs":20,"connectTimeoutMs":30,"depth":16,"connectPauseMs":40,"idleCloseMs":50,"reconnectPauseMs":60,"closeOnTimeout":true
            """);
        Assert.Equal(
            new ConnectionPlan("a", new ModbusEndpoint.Tcp("a", 1), Ms(20), Ms(30))
            {
                Depth = 16,
                ConnectPause = Ms(40),
                IdleClose = Ms(50),
                ReconnectPause = Ms(60),
                ClosesOnTimeout = true,
            },
            plan);
    }

    [Fact]
    public void A_bus_may_want_more_silence_than_its_time_limit()
    {
        Assert.Null(Connection("\"endpoint\":\"modbus-rtu:///dev/ttyS0\"").Drain);
        Assert.Equal(Ms(3000), Connection("\"endpoint\":\"modbus-rtu-tcp://plc:1\",\"timeoutMs\":500,\"drainMs\":3000").Drain);
    }

    [Fact]
    public void Replies_of_unit_0_or_255_are_for_those_who_ask_for_them()
    {
        Assert.False(Connection("\"endpoint\":\"modbus-tcp://plc\"").AcceptsUnit0Or255);
        Assert.True(Connection($"\"endpoint\":\"modbus-tls://plc\",\"acceptUnit0Or255\":true,\"depth\":4,{Tls}").AcceptsUnit0Or255);
    }

    [Fact]
    public void A_device_without_transaction_ids_is_closed_on_a_time_out()
    {
        ConnectionPlan plan = Connection(""" "endpoint":"modbus-tcp://a","ignoreTransactionId":true,"requestPauseMs":100 """);
        Assert.True(plan is { IgnoresTransactionId: true, ClosesOnTimeout: true, Depth: 1 });
        Assert.Equal(Ms(100), plan.RequestPause);
    }

    [Fact]
    public void Certificates_belong_to_tls() => Assert.Equal(
        new TlsPlan("/certs/ca.pem", "/certs/own.pem", "/certs/own.key", Role: null),
        Connection($"\"endpoint\":\"modbus-tls://plc\",{Tls}").Tls);

    [Fact]
    public void Everything_is_demanded_of_a_device_unless_the_plan_says_what_is_not()
    {
        TlsPlan plan = Connection($"\"endpoint\":\"modbus-tls://plc\",{Tls}").Tls!;
        Assert.Equal((RevocationPolicy.Require.Instance, LinkProfile.Plc), (plan.Revocation, plan.Profile));
        Assert.Empty(plan.Relaxations);

        string files = Tls.TrimEnd()[..^1];
        plan = Connection($"\"endpoint\":\"modbus-tls://plc\",{files},\"revocation\":\"grace:24\"}}").Tls!;
        Assert.Equal(new RevocationPolicy.Grace(24), plan.Revocation);
        Assert.Empty(plan.Relaxations);

        plan = Connection($"\"endpoint\":\"modbus-tls://plc\",{files},\"revocation\":\"none-published\",\"foreignCertificate\":true}}").Tls!;
        Assert.Equal((RevocationPolicy.NonePublished.Instance, LinkProfile.ForeignPlc), (plan.Revocation, plan.Profile));
        Assert.Equal([TlsRelaxation.NoRevocationLists, TlsRelaxation.ForeignCertificate], plan.Relaxations);
    }

    [Theory]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{\"caFile\":\"/c\",\"certificateFile\":\"/a\",\"keyFile\":\"/b\",\"revocation\":\"off\"}", "/tls/revocation")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{\"caFile\":\"/c\",\"certificateFile\":\"/a\",\"keyFile\":\"/b\",\"revocation\":\"grace:0\"}", "/tls/revocation")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{\"caFile\":\"/c\",\"certificateFile\":\"/a\",\"keyFile\":\"/b\",\"revocation\":\"grace:721\"}", "/tls/revocation")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{\"caFile\":\"/c\",\"certificateFile\":\"/a\",\"keyFile\":\"/b\",\"foreignCertificate\":1}", "/tls/foreignCertificate")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\"", "/tls")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{}", "/tls/caFile", "/tls/certificateFile", "/tls/keyFile")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{\"caFile\":\"ca.pem\",\"certificateFile\":\"/a\",\"keyFile\":\"/b\"}", "/tls/caFile")]
    [InlineData("\"endpoint\":\"modbus-tls://plc\",\"tls\":{\"caFile\":\"/c\",\"certificateFile\":\"/a\",\"keyFile\":\"/b\",\"verify\":false}", "/tls/verify")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"tls\":{}", "/tls")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"depth\":17", "/depth")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"depth\":0", "/depth")]
    [InlineData("\"endpoint\":\"modbus-rtu-tcp://plc:1\",\"depth\":2", "/depth")]
    [InlineData("\"endpoint\":\"modbus-rtu:///dev/ttyS0\",\"ignoreTransactionId\":true", "/ignoreTransactionId")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"depth\":2,\"ignoreTransactionId\":true", "/depth")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"depth\":2,\"requestPauseMs\":1", "/requestPauseMs")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"requestPauseMs\":10001", "/requestPauseMs")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"connectPauseMs\":-1", "/connectPauseMs")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"idleCloseMs\":3600001", "/idleCloseMs")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"reconnectPauseMs\":60001", "/reconnectPauseMs")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"closeOnTimeout\":\"yes\"", "/closeOnTimeout")]
    [InlineData("\"endpoint\":\"modbus-rtu:///dev/ttyS0\",\"acceptUnit0Or255\":true", "/acceptUnit0Or255")]
    [InlineData("\"endpoint\":\"modbus-rtu-tcp://plc:1\",\"acceptUnit0Or255\":true", "/acceptUnit0Or255")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"acceptUnit0Or255\":true,\"ignoreTransactionId\":true", "/acceptUnit0Or255")]
    [InlineData("\"endpoint\":\"modbus-tcp://plc\",\"drainMs\":2000", "/drainMs")]
    [InlineData("\"endpoint\":\"modbus-rtu:///dev/ttyS0\",\"timeoutMs\":500,\"drainMs\":499", "/drainMs")]
    [InlineData("\"endpoint\":\"modbus-rtu:///dev/ttyS0\",\"drainMs\":10001", "/drainMs")]
    public void A_contradiction_is_refused_at_its_place(string members, params string[] pointers)
    {
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(Document(members)));
        Assert.Equal(pointers.Select(pointer => "/connections/a" + pointer).Order(), refused.Faults.Select(fault => fault.Pointer).Order());
    }

    // Facts 6.28: two speeds on one line, or two connections to a device that allows one.
    [Theory]
    [InlineData("modbus-rtu:///dev/ttyS0?baud=9600", "modbus-rtu:///dev/ttyS0?baud=19200")]
    [InlineData("modbus-tcp://gw:4001", "modbus-rtu-tcp://gw:4001")]
    public void The_same_place_cannot_be_reached_in_two_ways(string one, string other)
    {
        string document = $$$"""{"connections":{"a":{"endpoint":"{{{one}}}"},"b":{"endpoint":"{{{other}}}"}},"units":{},"groups":{},"points":{}}""";
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(document));
        Assert.Equal("/connections/b/endpoint", Assert.Single(refused.Faults).Pointer);
    }

    // Facts 6.10: unit 0 is everybody on a bus.
    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_bus_has_no_unit_for_the_endpoint_itself(int unitId)
    {
        string document = $$$"""
            {"connections":{"a":{"endpoint":"modbus-rtu:///dev/ttyS0"}},"units":{"u":{"connection":"a","unitId":{{{unitId}}}}},"groups":{},"points":{}}
            """;
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(document));
        Assert.Contains(refused.Faults, fault => fault.Pointer is "/units/u/unitId");
    }

    private static ConnectionPlan Connection(string members)
    {
        string document = Document(members).Replace("\"units\":{}", "\"units\":{\"u\":{\"connection\":\"a\",\"unitId\":1}}", StringComparison.Ordinal)
            .Replace("\"groups\":{}", "\"groups\":{\"g\":{\"intervalMs\":1000}}", StringComparison.Ordinal)
            .Replace("\"points\":{}", "\"points\":{\"u\":{\"p\":{\"group\":\"g\",\"table\":\"coil\",\"address\":0,\"type\":\"bool\"}}}", StringComparison.Ordinal);
        return Assert.Single(Plans.Read(document).Units).Connection;
    }

    private static string Document(string members) => "{\"connections\":{\"a\":{" + members + "}},\"units\":{},\"groups\":{},\"points\":{}}";

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
