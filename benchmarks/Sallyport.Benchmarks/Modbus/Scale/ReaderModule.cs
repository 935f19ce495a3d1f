using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>ModbusReader, published ahead of time, as a child process with the environment that iotedgehubdev gives.</summary>
internal sealed class ReaderModule : IAsyncDisposable
{
    private const int LinesKept = 20;
    private const double MiB = 1024;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ReaderModule(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, args) => Keep(args.Data);
        _process.ErrorDataReceived += (_, args) => Keep(args.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? throw new InvalidOperationException(Told) : _process.TotalProcessorTime;
        }
    }

    /// <summary>What it said last.</summary>
    public string Told => string.Join('\n', _lines);

    /// <summary>Starts it.</summary>
    /// <param name="program">The executable.</param>
    /// <param name="folder">Holds the root certificate, and is the module's data folder.</param>
    /// <param name="document">The desired properties, since no twin answers.</param>
    public static ReaderModule Start(string program, string folder, string document) => new(Process.Start(new ProcessStartInfo(program)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["EdgeHubConnectionString"] = $"HostName=benchmark.azure-devices.net;GatewayHostName={ModbusServer.Address};DeviceId=benchmark;"
                + $"ModuleId=ModbusReader;SharedAccessKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
            ["EdgeModuleCACertificateFile"] = Path.Combine(folder, "root.pem"),
            ["Sallyport__ConfigurationFile"] = document,
            ["Sallyport__DataFolder"] = folder,
            ["Sallyport__ListenAddress"] = ModbusServer.Address,
            ["Sallyport__LogLevel"] = "Information",
        },
    })!);

    /// <summary>Resident memory now, and the most that it ever was.</summary>
    public (double NowMiB, double PeakMiB) Memory()
    {
        string[] status = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"));
        return (KiB(status, "VmRSS:") / MiB, KiB(status, "VmHWM:") / MiB);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static double KiB(string[] status, string name) => double.Parse(
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
        CultureInfo.InvariantCulture);

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (_lines.Count > LinesKept)
        {
            _lines.TryDequeue(out _);
        }
    }
}
