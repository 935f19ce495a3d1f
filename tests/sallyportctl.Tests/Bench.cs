using Azure.Security.KeyVault.Certificates;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.IotHub.Provisioning;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Spectre.Console.Testing;

namespace Sallyport.Ctl.Tests;

/// <summary>The command with everything around it in the hand of the test.</summary>
internal sealed class Bench : IDisposable
{
    private readonly TestConsole _output = new TestConsole().Width(160);
    private readonly TestConsole _errors = new TestConsole().Width(160);
    private readonly Devices _devices = new(TimeProvider.System);

    public bool IsTerminal { get; init; }

    public bool IsInteractive { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Func<ConnectionPlan, IModbusMaster>? Open { get; init; }

    public Func<ControllerPlan, IController> OpenController { get; init; } = _ => throw new InvalidOperationException("No controller was prepared.");

    public Func<ProvisioningTarget, string, Action<ProvisioningStep>, IDeviceProvisioner>? OpenProvisioner { get; init; }

    public Func<Uri, CertificateClient>? OpenVault { get; init; }

    /// <summary>What Ctrl+C does; the end of the test unless it says otherwise.</summary>
    public CancellationToken Stop { get; init; } = TestContext.Current.CancellationToken;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What is typed when the command asks.</summary>
    public TestConsoleInput Keyboard => _errors.Input;

    public Surroundings Surroundings =>
        new(new Screen(_output, _errors, IsTerminal, IsInteractive), Time, Open ?? _devices.Open, name => Variables.GetValueOrDefault(name)) { OpenController = OpenController, OpenProvisioner = OpenProvisioner, OpenVault = OpenVault };

    public string Output => Lines(_output.Output);

    public string Errors => Lines(_errors.Output);

    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    /// <summary>Runs the command; a name after @ is a file of the fixtures.</summary>
    public async Task<ExitCode> RunAsync(params IEnumerable<string> arguments)
    {
        if (IsInteractive)
        {
            _errors.Interactive();
        }

        string[] resolved = [.. arguments.Select(argument => argument.StartsWith('@') ? Fixture(argument[1..]) : argument)];
        return await CommandRun.RunAsync(resolved, Surroundings, Stop);
    }

    public void Dispose()
    {
        _devices.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    // Where the tests lie is no part of what the command says.
    private static string Lines(string text) =>
        text.Replace(Path.Combine(AppContext.BaseDirectory, "Fixtures") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
