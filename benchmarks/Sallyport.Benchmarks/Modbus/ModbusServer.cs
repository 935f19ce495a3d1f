using System.Globalization;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>A libmodbus server in a process of its own.</summary>
internal sealed class ModbusServer : IAsyncDisposable
{
    /// <summary>The loopback address of everything that this benchmark starts.</summary>
    public const string Address = "127.79.0.1";

    private readonly PeerProcess _process;

    private ModbusServer(PeerProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="programs">The compiled peers.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="units">It answers for units 1 to this.</param>
    /// <param name="isChanging">Whether each read finds other values.</param>
    public static async Task<ModbusServer> StartAsync(PeerPrograms programs, int port, int units = 1, bool isChanging = false) => new(
        await PeerProcess.StartAsync(programs["modbus-server"], Address, Text(port), Text(units), isChanging ? "changing" : "fixed"), port);

    /// <summary>How many requests it served so far.</summary>
    public async Task<long> CountRequestsAsync() =>
        long.Parse((await _process.AskAsync()).Split(' ')[0], CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
