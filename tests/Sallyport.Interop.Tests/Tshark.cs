using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests;

/// <summary>tshark: captures loopback until disposed, and answers questions about a capture file.</summary>
internal sealed class Tshark : IAsyncDisposable
{
    // The plant's port is not the registered one, so the judge is told.
    private static readonly string[] Decoding = ["-d", "tcp.port==1502,mbtcp"];

    private const int MarkLength = 16;

    private static readonly TimeSpan MarkInterval = TimeSpan.FromMilliseconds(100);

    private readonly PeerProcess _process;
    private readonly string _file;
    private readonly TcpListener _marks;

    private Tshark(PeerProcess process, string file, TcpListener marks) => (_process, _file, _marks) = (process, file, marks);

    /// <summary>Captures all that is said over TCP on this machine.</summary>
    public static Task<Tshark> StartCaptureAsync(string file, CancellationToken cancellationToken) => StartCaptureAsync(file, port: null, cancellationToken);

    /// <summary>Captures what is said over TCP, with one port if one is given.</summary>
    public static async Task<Tshark> StartCaptureAsync(string file, int? port, CancellationToken cancellationToken)
    {
        var marks = new TcpListener(IPAddress.Loopback, 0);
        marks.Start();
        string filter = port is null ? "tcp" : $"tcp port {port} or tcp port {((IPEndPoint)marks.LocalEndpoint).Port}";

        // It says so on standard error once packets are being captured.
        PeerProcess process = await PeerProcess.StartAsync(
            "tshark", line => line.Contains("Capturing on", StringComparison.Ordinal), "-i", "lo", "-f", filter, "-B", "64", "-w", file);
        var capture = new Tshark(process, file, marks);
        await capture.CatchUpAsync(cancellationToken);
        return capture;
    }

    /// <summary>Waits until what was on the wire before is in the file: puts a mark on the wire until it is there too.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        byte[] mark = RandomNumberGenerator.GetBytes(MarkLength);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_marks.LocalEndpoint, cancellationToken);
        using var timer = new PeriodicTimer(MarkInterval, TimeProvider.System);
        do
        {
            await client.GetStream().WriteAsync(mark, cancellationToken);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
        while (!await ContainsAsync(mark, cancellationToken));
    }

    public static async Task<string[]> FieldAsync(string file, string filter, string field)
    {
        string output = await PeerProcess.RunAsync("tshark", ["-r", file, .. Decoding, "-Y", filter, "-T", "fields", "-E", "separator=,", "-e", field]);
        return output.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>All Modbus TCP messages to and from a port, in the order in which they were on the wire.</summary>
    public static async Task<IReadOnlyList<MbapMessage>> RowsAsync(string file, int port)
    {
        string[] fields = ["tcp.dstport", "mbtcp.trans_id", "modbus.func_code", "modbus.word_cnt"];
        string output = await PeerProcess.RunAsync(
            "tshark",
            [
                "-r", file, "-o", $"mbtcp.tcp.port:{port}", "-Y", "mbtcp", "-T", "fields", "-E", "separator=;", "-E", "aggregator=,",
                .. fields.SelectMany(field => (string[])["-e", field]),
            ]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(MbapMessage.InSegment)];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.InterruptAsync();
        await _process.DisposeAsync();
        _marks.Dispose();
    }

    private async Task<bool> ContainsAsync(byte[] mark, CancellationToken cancellationToken)
    {
        if (!File.Exists(_file))
        {
            return false;
        }

        await using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = new byte[file.Length];
        int length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return content.AsSpan(0, length).IndexOf(mark) >= 0;
    }
}
