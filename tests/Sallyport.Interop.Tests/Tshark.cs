using System.Diagnostics;

namespace Sallyport.Interop.Tests;

/// <summary>tshark: captures loopback until disposed, and answers questions about a capture file.</summary>
internal sealed class Tshark : IAsyncDisposable
{
    // The plant's port is not the registered one, so the judge is told.
    private static readonly string[] Decoding = ["-d", "tcp.port==1502,mbtcp"];

    private readonly Process _process;

    private Tshark(Process process) => _process = process;

    public static async Task<Tshark> StartCaptureAsync(string file, CancellationToken cancellationToken)
    {
        Process process = Process.Start(new ProcessStartInfo("tshark", ["-i", "lo", "-f", "tcp", "-B", "64", "-w", file])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;

        // It says so on standard error once packets are being captured.
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("Capturing on", StringComparison.Ordinal))
            {
                break;
            }
        }

        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return new Tshark(process);
    }

    public static async Task<string[]> FieldAsync(string file, string filter, string field, CancellationToken cancellationToken)
    {
        string output = await RunAsync(["-r", file, .. Decoding, "-Y", filter, "-T", "fields", "-E", "separator=,", "-e", field], cancellationToken);
        return output.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>All Modbus TCP messages to and from a port, in the order in which they were on the wire.</summary>
    public static async Task<IReadOnlyList<MbapMessage>> RowsAsync(string file, int port, CancellationToken cancellationToken)
    {
        string[] fields = ["tcp.dstport", "mbtcp.trans_id", "modbus.func_code", "modbus.word_cnt"];
        string output = await RunAsync(
            [
                "-r", file, "-d", $"tcp.port=={port},mbtcp", "-Y", "mbtcp", "-T", "fields", "-E", "separator=;", "-E", "aggregator=,",
                .. fields.SelectMany(field => (string[])["-e", field]),
            ],
            cancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(MbapMessage.InSegment)];
    }

    public async ValueTask DisposeAsync()
    {
        using Process interrupt = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await interrupt.WaitForExitAsync(CancellationToken.None);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo("tshark", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
