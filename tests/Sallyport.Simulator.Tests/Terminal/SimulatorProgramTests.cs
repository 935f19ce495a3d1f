using System.Threading.Channels;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Terminal;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Terminal;

/// <summary>The whole command in this process, with shell scripts for modules: what it says and how it ends.</summary>
public sealed class SimulatorProgramTests : IDisposable
{
    private const string Obedient = "trap 'echo flushed; exit 0' TERM; echo ready; while :; do sleep 0.05; done";

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-").FullName;
    private readonly LineWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _mayMount = true;

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Help_is_printed()
    {
        Assert.Equal(ExitCode.Good, await RunAsync("--help"));
        Assert.Contains("--duration", _output.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_option_that_is_not_understood_is_one_line()
    {
        Assert.Equal(ExitCode.Refused, await RunAsync("--nonsense"));
        Assert.Equal("Sallyport.Simulator: --nonsense is not an option; --help lists them", _errors.ToString().TrimEnd());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_manifest_that_is_not_there_is_named()
    {
        Assert.Equal(ExitCode.Refused, await RunAsync("--manifest", Path.Combine(_folder, "no.json")));
        Assert.Contains("no.json", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fault_in_the_manifest_is_named_by_file_and_pointer()
    {
        var manifest = Path.Combine(_folder, "manifest.json");
        var text = await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(manifest, text.Replace("\"running\"", "\"asleep\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Refused, await RunAsync("--manifest", manifest));
        Assert.StartsWith(
            $"Sallyport.Simulator: {manifest}: /modulesContent/$edgeAgent/properties.desired/modules/SecureBuffer/status: ",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_taken_port_is_named()
    {
        using var others = SimulationAddresses.Reserve();
        await File.WriteAllTextAsync(Path.Combine(_folder, "network"), others.Network, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.PortTaken, await RunAsync("--state", _folder));
        Assert.Contains($"Port {SimulationAddresses.MqttPort} is taken by ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_module_that_dies_is_named_with_exit_code_and_last_lines()
    {
        Assert.Equal(ExitCode.ModuleDied, await RunAsync("--module", Script("SecureBuffer", Obedient), "--module", Script("ModbusReader", "echo 'no such key: /points'; exit 2")));
        Assert.Contains("ModbusReader died with exit code 2. Its last lines:", _output.Text, StringComparison.Ordinal);
        Assert.Contains("    no such key: /points", _output.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_to_stop_stops_readers_before_the_buffer()
    {
        var running = RunAsync("--module", Script("SecureBuffer", Obedient), "--module", Script("ModbusReader", Obedient));
        await _output.UntilAllAsync("SecureBuffer    ready", "ModbusReader    ready", "EtherNetIpReader  ready", "CertificateManager  ready", "Watchdog        ready");
        await _stop.CancelAsync();
        Assert.Equal(ExitCode.Good, await running);
        var text = _output.Text;
        Assert.InRange(
            text.IndexOf("ModbusReader stopped with exit code 0", StringComparison.Ordinal),
            0,
            text.IndexOf("SecureBuffer    flushed", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_check_to_which_nothing_came_fails_and_its_last_line_is_JSON()
    {
        Assert.Equal(
            ExitCode.CheckFailed,
            await RunAfterReadyAsync("--check", "--module", Script("SecureBuffer", Obedient), "--module", Script("ModbusReader", Obedient)));
        Assert.Contains("\"valuesServed\":0", _output.Text.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_module_that_stops_with_an_error_is_told()
    {
        Assert.Equal(
            ExitCode.ModuleDied,
            await RunAfterReadyAsync("--module", Script("SecureBuffer", Obedient), "--module", Script("ModbusReader", Obedient.Replace("exit 0", "exit 7", StringComparison.Ordinal))));
        Assert.Contains("ModbusReader stopped with exit code 7. Its last lines:", _output.Text, StringComparison.Ordinal);
    }

    private async Task<ExitCode> RunAfterReadyAsync(params string[] arguments)
    {
        var running = RunAsync(arguments);
        await _output.UntilAllAsync("SecureBuffer    ready", "ModbusReader    ready", "EtherNetIpReader  ready", "CertificateManager  ready", "Watchdog        ready");
        await _stop.CancelAsync();
        return await running;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_disk_fault_without_the_rights_for_it_is_refused_before_anything_starts()
    {
        _mayMount = false;
        Assert.Equal(ExitCode.Refused, await RunAsync("--fault", "disk-full:SecureBuffer"));
        Assert.Contains("only root may do that", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_disk_fault_of_a_module_that_is_not_there_is_refused()
    {
        Assert.Equal(ExitCode.Refused, await RunAsync("--fault", "disk-failing:SecureBufer@1s"));
        Assert.Contains("There is no module SecureBufer with a mount", _errors.ToString(), StringComparison.Ordinal);
    }

    // The other modules of the deployment wait for the end in any case.
    private Task<ExitCode> RunAsync(params string[] arguments) =>
        new SimulatorProgram(_output, _errors, width: null, TimeProvider.System, _mayMount).RunAsync(
            arguments.Contains("--module", StringComparer.Ordinal) ? [.. arguments, "--module", Script("EtherNetIpReader", Obedient), "--module", Script("CertificateManager", Obedient), "--module", Script("Watchdog", Obedient)] : arguments,
            _stop.Token,
            TestContext.Current.CancellationToken);

    private string Script(string module, string script)
    {
        var path = Path.Combine(_folder, $"{module}.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return $"{module}={path}";
    }

    /// <summary>Keeps what is written, and lets a test wait for it.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly Lock _lock = new();
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public string Text
        {
            get
            {
                lock (_lock)
                {
                    return ToString();
                }
            }
        }

        public override void WriteLine(string? value)
        {
            lock (_lock)
            {
                base.WriteLine(value);
            }

            _lines.Writer.TryWrite(value ?? "");
        }

        public async Task UntilAllAsync(params string[] parts)
        {
            List<string> missing = [.. parts];
            while (missing.Count > 0)
            {
                string line = await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
                missing.RemoveAll(part => line.Contains(part, StringComparison.Ordinal));
            }
        }
    }
}
