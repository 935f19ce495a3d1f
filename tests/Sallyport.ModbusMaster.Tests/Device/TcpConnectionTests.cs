using System.Net;
using System.Net.Sockets;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Devices that close, refuse and do not answer.</summary>
public sealed class TcpConnectionTests
{
    private const int TestLimit = 30_000;

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_closes_quiet_connections_does_not_fail_a_read()
    {
        await using var bench = new MasterBench(async turn =>
        {
            await turn.SendAsync(turn.Correct());
            await turn.CloseAsync();
        });
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        Assert.Equal(2, bench.Device.ConnectionCount);
        Assert.Equal(0, bench.Count("unreachable"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_closes_every_connection_without_a_word_is_unreachable_and_not_asked_for_ever()
    {
        await using var bench = new MasterBench(turn => turn.CloseAsync());
        Assert.Equal(new ReadOutcome.Unreachable("connection closed by the device"), await bench.ReadAsync());
        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Nobody_listening_is_an_outcome()
    {
        await using var bench = new MasterBench(turn => turn.CloseAsync());
        ConnectionPlan nowhere = bench.Device.Plan with { Endpoint = new ModbusEndpoint.Tcp("127.0.0.1", FreePort()) };
        await using IModbusMaster master = bench.Create(nowhere);
        ReadOutcome outcome = await master.ReadAsync(
            1, new ReadRequest(ModbusTable.Coil, 0, 1), bench.Data, TestContext.Current.CancellationToken);
        Assert.Equal(new ReadOutcome.Unreachable("cannot connect: ConnectionRefused"), outcome);
        Assert.Equal(1, bench.Count("connect_failures"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_host_that_does_not_even_refuse_costs_the_connect_time_limit_once_for_all_who_wait()
    {
        await using var bench = new MasterBench(turn => turn.CloseAsync());
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(backlog: 0);
        var endpoint = (IPEndPoint)full.LocalEndPoint!;
        using var filling = new CancellationTokenSource();
        Socket[] fillers = [.. Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        Task[] filled = [.. fillers.Select(filler => filler.ConnectAsync(endpoint, filling.Token).AsTask())];
        await filled[0];

        await using IModbusMaster master = bench.Create(bench.Device.Plan with { Endpoint = new ModbusEndpoint.Tcp("127.0.0.1", endpoint.Port) });
        Task<ReadOutcome>[] reads = [.. Enumerable.Range(0, 3).Select(_ => master.ReadAsync(
            1, new ReadRequest(ModbusTable.Coil, 0, 1), new byte[250], TestContext.Current.CancellationToken).AsTask())];
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.All(await Task.WhenAll(reads), outcome => Assert.Equal(new ReadOutcome.Unreachable("cannot connect in time"), outcome));
        Assert.Equal(1, bench.Count("connect_failures"));

        await filling.CancelAsync();
        await Task.WhenAll(filled).ContinueWith(_ => { }, TaskScheduler.Default);
        Array.ForEach(fillers, filler => filler.Dispose());
    }

    // facts 2.18: the first address of a name may be one where nobody listens.
    [Theory(Timeout = TestLimit)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_device_is_found_by_its_name(int depth)
    {
        await using var bench = new MasterBench(
            turn => turn.SendAsync(turn.Correct()),
            plan => plan with { Endpoint = new ModbusEndpoint.Tcp("localhost", ((ModbusEndpoint.Tcp)plan.Endpoint).Port), Depth = depth });
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
    }

    // facts 6.9: the kernel notices a peer that lost its power even if nobody asks it anything.
    [Fact]
    public void A_quiet_connection_is_probed_after_half_a_minute_and_given_up_half_a_minute_later()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        SocketWire.Prepare(socket);
        Assert.NotEqual(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(
            (30, 10, 3),
            (Option(SocketOptionName.TcpKeepAliveTime), Option(SocketOptionName.TcpKeepAliveInterval), Option(SocketOptionName.TcpKeepAliveRetryCount)));
        int Option(SocketOptionName name) => (int)socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
