using System.Diagnostics;
using System.Net.Sockets;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>mosquitto in edgeHub's place: TLS on 8883 for the module, and a plain port for who counts what arrives.</summary>
internal sealed class Broker : IAsyncDisposable
{
    public const int PlainPort = 15183;
    private const int TlsPort = 8883;
    private const int Attempts = 50;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private Broker(Process process) => _process = process;

    /// <param name="folder">Holds the certificates.</param>
    /// <exception cref="PreconditionException">It is not installed, or does not start.</exception>
    public static async Task<Broker> StartAsync(string folder)
    {
        string mosquitto = Commands.Require("mosquitto", "mosquitto");
        string file = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(file, Configuration(folder));
        var broker = new Broker(Process.Start(new ProcessStartInfo(mosquitto, ["-c", file]))!);
        for (int attempt = 0; attempt < Attempts && !broker._process.HasExited; attempt++)
        {
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(ModbusServer.Address, PlainPort);
                return broker;
            }
            catch (SocketException)
            {
                await Task.Delay(BetweenAttempts, TimeProvider.System);
            }
        }

        await broker.DisposeAsync();
        throw new PreconditionException($"mosquitto does not listen on {ModbusServer.Address}; another program may have port {TlsPort} or {PlainPort}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // It would otherwise give up the rights that the key file needs.
    private static string Configuration(string folder) => $"""
        user {Environment.UserName}
        per_listener_settings false
        allow_anonymous true
        log_type error
        listener {PlainPort} {ModbusServer.Address}
        listener {TlsPort} {ModbusServer.Address}
        certfile {folder}/server.pem
        keyfile {folder}/server.key
        """;
}
