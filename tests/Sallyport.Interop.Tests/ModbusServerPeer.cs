using System.Text.Json;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests;

/// <summary>pymodbus as a server, with the values it packed itself, on a port that the system chose.</summary>
internal sealed class ModbusServerPeer : IAsyncDisposable
{
    public const string Address = "127.0.9.9";
    public const int UnitId = 17;

    private readonly PeerProcess _process;

    private ModbusServerPeer(PeerProcess process)
    {
        _process = process;
        var ready = JsonElement.Parse(process.FirstLine);
        Port = ready.GetProperty("port").GetInt32();
        Points = ready.GetProperty("points").EnumerateObject().ToDictionary(point => point.Name, point => point.Value.Clone(), StringComparer.Ordinal);
    }

    public int Port { get; }

    /// <summary>Name of a point → kind, value, width in registers, members of its configuration.</summary>
    public IReadOnlyDictionary<string, JsonElement> Points { get; }

    public static async Task<ModbusServerPeer> StartAsync()
    {
        Peer.RequirePython("pymodbus");
        return new ModbusServerPeer(
            await PeerProcess.StartAsync("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "peers", "modbus_server.py"), Address));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
