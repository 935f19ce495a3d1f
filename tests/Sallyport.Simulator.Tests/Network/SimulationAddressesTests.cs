using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Tests.Network;

public sealed class SimulationAddressesTests
{
    [Fact]
    public void Simulations_side_by_side_get_different_addresses()
    {
        using SimulationAddresses first = SimulationAddresses.Reserve();
        using SimulationAddresses second = SimulationAddresses.Reserve();

        Assert.NotEqual(first.EdgeHub, second.EdgeHub);
        byte[] address = first.EdgeHub.GetAddressBytes();
        Assert.Equal((127, 1), (address[0], address[3]));
        Assert.Equal(
            [address[..3].Append((byte)2), address[..3].Append((byte)3), address[..3].Append((byte)10)],
            new[] { first.IotHub, first.Provisioning, first.Module(0) }.Select(one => one.GetAddressBytes().AsEnumerable()));
    }

    [Fact]
    public void The_ports_of_a_reservation_are_free_to_listen_on()
    {
        using SimulationAddresses addresses = SimulationAddresses.Reserve();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        socket.Bind(new IPEndPoint(addresses.EdgeHub, SimulationAddresses.MqttPort));
        socket.Listen();
    }

    [Fact]
    public void The_owner_of_a_port_is_named()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();

        string owner = PortOwner.Find(((IPEndPoint)socket.LocalEndPoint!).Port);

        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), owner, StringComparison.Ordinal);
        Assert.Contains(owner, new AddressesTakenException(8883, owner).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_in_particular_owns_a_free_port() => Assert.Equal("another process", PortOwner.Find(1));
}
