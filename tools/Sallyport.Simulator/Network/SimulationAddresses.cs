using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sallyport.Simulator.EtherNetIpPlant;

namespace Sallyport.Simulator.Network;

/// <summary>The loopback addresses of one simulation: 127.a.b.x, free when reserved and held until disposed.</summary>
/// <remarks>The official clients fix port 8883, so roles differ by address, and so do simulations that run side by side.</remarks>
internal sealed class SimulationAddresses : IDisposable
{
    /// <summary>MQTT over TLS, for edgeHub, IoT Hub and the provisioning service alike.</summary>
    public const int MqttPort = 8883;

    /// <summary>The Prometheus pages of edgeHub and of the modules.</summary>
    public const int MetricsPort = 9600;

    /// <summary>The revocation lists, over plain HTTP on the hub's address. Not 80, which needs privileges.</summary>
    public const int RevocationListPort = 8081;

    /// <summary>The enrolment server, on the provisioning service's address. The port above it is for whoever has no certificate.</summary>
    public const int EnrolmentPort = 8443;

    /// <summary>The plant's Modbus TCP server. Not 502, which needs privileges.</summary>
    public const int PlantPort = 1502;

    /// <summary>Most EtherNet/IP controllers of one simulation.</summary>
    public const int MostControllers = 5;

    private const byte FirstController = 5;
    private const byte EdgeAgentHost = 253;
    private const byte ClaimHost = 254;
    private const int Attempts = 64;

    private readonly byte _second;
    private readonly byte _third;
    private readonly Socket _claim;

    private SimulationAddresses(byte second, byte third, Socket claim)
    {
        _second = second;
        _third = third;
        _claim = claim;
    }

    public IPAddress EdgeHub => At(1);

    public IPAddress IotHub => At(2);

    public IPAddress Provisioning => At(3);

    public IPAddress Plant => At(4);

    /// <summary>The address of an EtherNet/IP controller.</summary>
    /// <param name="index">0 to 4.</param>
    public IPAddress Controller(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MostControllers);
        return At((byte)(FirstController + index));
    }

    /// <summary>edgeAgent's page of metrics.</summary>
    public IPAddress EdgeAgent => At(EdgeAgentHost);

    /// <summary>What all addresses have in common, such as <c>127.18.52</c>.</summary>
    public string Network => $"127.{_second}.{_third}";

    /// <summary>Where certificates say that the revocation lists are.</summary>
    public Uri RevocationLists => new($"http://{IotHub}:{RevocationListPort}/");

    /// <summary>The enrolment server (EST).</summary>
    public Uri Enrolment => new($"https://{Provisioning}:{EnrolmentPort}/.well-known/est");

    /// <summary>The address of a module.</summary>
    /// <param name="index">0 to 200, in order of start.</param>
    public IPAddress Module(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, 200);
        return At((byte)(10 + index));
    }

    /// <summary>Finds and claims addresses whose ports are all free.</summary>
    /// <exception cref="AddressesTakenException">A port is taken on every address that was tried; the message says by whom.</exception>
    public static SimulationAddresses Reserve()
    {
        int takenPort = MqttPort;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            byte second = (byte)RandomNumberGenerator.GetInt32(1, 255);
            byte third = (byte)RandomNumberGenerator.GetInt32(0, 256);
            if (TryClaim(second, third, out SimulationAddresses? addresses, ref takenPort))
            {
                return addresses;
            }
        }

        throw new AddressesTakenException(takenPort, PortOwner.Find(takenPort));
    }

    /// <summary>Claims the addresses of an earlier simulation again.</summary>
    /// <param name="network">Its <see cref="Network"/>.</param>
    /// <exception cref="AddressesTakenException">A port is taken; the message says by whom.</exception>
    public static SimulationAddresses Reserve(string network)
    {
        byte[] bytes = IPAddress.Parse($"{network}.0").GetAddressBytes();
        int takenPort = MqttPort;
        return TryClaim(bytes[1], bytes[2], out SimulationAddresses? addresses, ref takenPort)
            ? addresses
            : throw new AddressesTakenException(takenPort, PortOwner.Find(takenPort));
    }

    public void Dispose() => _claim.Dispose();

    private static bool TryClaim(
        byte second,
        byte third,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SimulationAddresses? addresses,
        ref int takenPort)
    {
        addresses = null;
        if (!TryListen(Address(second, third, ClaimHost), MqttPort, out Socket? claim))
        {
            takenPort = MqttPort;
            return false;
        }

        (byte Host, int Port)[] needed =
        [
            (1, MqttPort), (2, MqttPort), (3, MqttPort), (1, MetricsPort), (EdgeAgentHost, MetricsPort), (2, RevocationListPort), (3, EnrolmentPort), (3, EnrolmentPort + 1), (4, PlantPort),
            .. Enumerable.Range(FirstController, MostControllers).Select(host => ((byte)host, EtherNetIpPlantServer.Port)),
        ];
        foreach ((byte host, int port) in needed)
        {
            if (!TryListen(Address(second, third, host), port, out Socket? probe))
            {
                takenPort = port;
                claim.Dispose();
                return false;
            }

            probe.Dispose();
        }

        addresses = new SimulationAddresses(second, third, claim);
        return true;
    }

    private static bool TryListen(
        IPAddress address,
        int port,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Socket? socket)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            socket = null;
            return false;
        }
    }

    private static IPAddress Address(byte second, byte third, byte host) => new([127, second, third, host]);

    private IPAddress At(byte host) => Address(_second, _third, host);
}
