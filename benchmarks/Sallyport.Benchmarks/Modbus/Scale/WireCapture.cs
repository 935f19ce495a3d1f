using System.Diagnostics;
using System.Globalization;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>Counts the registers that really went over the wire: dumpcap captures the servers' replies, tshark dissects them afterwards.</summary>
internal static class WireCapture
{
    private const int Seconds = 10;

    private static readonly string Ports = string.Create(
        CultureInfo.InvariantCulture, $"{ScaleDocument.FirstPort}-{ScaleDocument.FirstPort + ScaleDocument.Connections - 1}");

    /// <summary>Captures for a little more than ten seconds.</summary>
    public static async Task CaptureAsync(string file)
    {
        string dumpcap = Commands.Require("dumpcap", "tshark");
        using Process process = Process.Start(new ProcessStartInfo(
            dumpcap, ["-q", "-i", "lo", "-f", $"tcp src portrange {Ports}", "-B", "64", "-a", $"duration:{Seconds + 2}", "-w", file])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        string told = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new PreconditionException($"dumpcap cannot capture on lo (it needs the right to): {told.Trim().Split('\n')[^1]}");
        }
    }

    /// <summary>Registers in the replies of the first ten seconds of a capture, for a second.</summary>
    public static async Task<double> RegistersPerSecondAsync(string file)
    {
        string output = await Commands.RunAsync(
            Commands.Require("tshark", "tshark"),
            "-r", file, "-o", $"mbtcp.tcp.port:{Ports}", "-Y", $"modbus.byte_cnt && frame.time_relative < {Seconds}", "-T", "fields", "-E", "separator=,", "-e", "modbus.byte_cnt");
        return output.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Sum(bytes => int.Parse(bytes, CultureInfo.InvariantCulture)) / 2.0 / Seconds;
    }
}
