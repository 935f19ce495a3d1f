using System.Diagnostics;
using System.Text.Json;

namespace Sallyport.Interop.Tests;

/// <summary>pymodbus as a server, with the values it packed itself. Ends when its standard input closes.</summary>
internal sealed class ModbusServerPeer : IAsyncDisposable
{
    public const string Address = "127.0.9.9";
    public const int Port = 15020;
    public const int UnitId = 17;

    // Whether the reader knows the later kinds.
    private const bool ReadsLaterKinds = false;

    private static readonly string[] FirstKinds = ["bool", "int16", "uint16", "int32", "uint32", "float32"];

    private static readonly string[] LaterKinds =
        ["int8High", "int8Low", "uint8High", "uint8Low", "registerBit", "int64", "uint64", "float16", "float64", "bcd16", "bcd32", "string"];

    private static readonly string[] Kinds = ReadsLaterKinds ? [.. FirstKinds, .. LaterKinds] : FirstKinds;

    private readonly Process _process;

    private ModbusServerPeer(Process process, IReadOnlyDictionary<string, JsonElement> points)
    {
        _process = process;
        Points = points;
    }

    /// <summary>Name of a point → kind, value, width in registers, members of its configuration. Those that the reader knows.</summary>
    public IReadOnlyDictionary<string, JsonElement> Points { get; }

    public static async Task<ModbusServerPeer> StartAsync(CancellationToken cancellationToken)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", "modbus_server.py");
        Process process = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", [script, Address, Port.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        Assert.True(line is not null, "pymodbus did not start; see its error output.");
        return new ModbusServerPeer(
            process,
            JsonElement.Parse(line).GetProperty("points").EnumerateObject()
                .Where(point => Kinds.Contains(point.Value.GetProperty("kind").GetString(), StringComparer.Ordinal))
                .ToDictionary(point => point.Name, point => point.Value.Clone(), StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
