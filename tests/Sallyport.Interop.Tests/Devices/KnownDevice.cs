using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>Starts devices on stacks that nobody here wrote. All have the contents that peers/libmodbus_server.c describes.</summary>
internal static class KnownDevice
{
    public const byte UnitId = 17;

    /// <summary>An address of the interoperability tests alone; ports are chosen by the system.</summary>
    public const string Address = "127.0.9.10";

    public const string Baud = "115200";

    private const string LibmodbusHeaders = "/usr/include/modbus";

    private static readonly string Node = RepositoryRoot.Combine("tests", "Sallyport.Interop.Tests", "node");

    private static readonly Lazy<string> Libmodbus = new(Compile);

    public static int FreePort()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse(Address), 0));
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    /// <summary>A device on one of the stacks, by its name.</summary>
    /// <param name="stack">libmodbus, pymodbus, jsmodbus or modbus-serial.</param>
    /// <param name="mode">tcp, rtu, or for pymodbus rtu-tcp.</param>
    /// <param name="where">An IP address or a serial device.</param>
    /// <param name="number">The port or the bits per second.</param>
    public static async Task<PeerProcess> StartAsync(string stack, string mode, string where, string number)
    {
        switch (stack)
        {
            case "libmodbus":
                Peer.Require("gcc");
                if (!File.Exists(Path.Combine(LibmodbusHeaders, "modbus.h")))
                {
                    Peer.Missing("The library libmodbus-dev is not installed.");
                }

                return await PeerProcess.StartAsync(Libmodbus.Value, mode, where, number);
            case "pymodbus":
                Peer.RequirePython("pymodbus");
                return await PeerProcess.StartAsync("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "peers", "known_server.py"), mode, where, number);
            default:
                Peer.Require("node");
                if (!Directory.Exists(Path.Combine(Node, "node_modules", stack)))
                {
                    Peer.Missing($"The npm package '{stack}' is not installed; eng/install-peers.sh does it.");
                }

                return await PeerProcess.StartAsync("node", Path.Combine(Node, "known-server.js"), stack, mode, where, number);
        }
    }

    /// <summary>A device on TCP.</summary>
    public static Task<PeerProcess> StartTcpAsync(string stack, int port) => StartAsync(stack, "tcp", Address, port.ToString(CultureInfo.InvariantCulture));

    private static string Compile()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "peers");
        string program = Path.Combine(folder, "libmodbus_server");
        using Process compiler = Process.Start(
            "gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-o", program, Path.Combine(folder, "libmodbus_server.c"), $"-I{LibmodbusHeaders}", "-lmodbus", "-pthread"]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return program;
    }
}
