using System.Globalization;
using Sallyport.Simulator.Faults;

namespace Sallyport.Simulator.Terminal;

/// <summary>Reads the simulator's command line. The help text is beside the switches, so that neither is changed alone.</summary>
internal static class CommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public static string Help { get; } =
        $"""
        Runs the gateway of deployment.template.json on this machine: its modules as processes, and around them a plant, edgeHub and IoT Hub.

        dotnet run --project tools/Sallyport.Simulator [-- OPTIONS]        without options: runs until Ctrl+C

          --duration TIME        stop this time (20, 20s or 500ms) after the first value, in good order
          --check                compare the plant's own list of what it gave out with what is at the cloud side; the last line is a JSON summary
          --fault FAULT          break something; may be repeated. FAULT is one of
                                   {string.Join(", ", FaultSpecification.Names)}
                                 with @TIME for its start, counted as the duration; without, after a third of it
                                 disk-full and disk-failing need root: the module's folder is a small disk of its own for the run; disk-full without a start has it full
                                 before the module starts; disk-failing has space that it promised and does not have
                                 revoke-device and expire-certificate need --uplink direct, and end with a new certificate; clock-jump needs libfaketime and takes
                                 how far the modules' clock is wrong, + or - with s, m, h or d, and for how long
                                 edgehub-restart and kill take how long edgeHub or the module is away; strange-module is one that edgeAgent keeps and no manifest names;
                                 expire-sas starts a module with a token of its own that ends after 8 s, and in the end as before
                                 forge-batch, drop-batch and replay-batch are an attacker between IoT Hub and the check, which has to name what he did
                                 and, where the plant is rude to those who ask it, /UNIT for one unit of it: plant-busy/2:5s
          --start-offline TIME   the uplink is cut from the start, so that there is no twin to be had, and opens this time after the first value
          --modbus HOST:PORT     read this device rather than the built-in plant
          --manifest FILE        another deployment manifest or template
          --set NAME=VALUE       value of a placeholder in the manifest; may be repeated
          --module NAME=PATH     start this executable or .dll for a module; may be repeated
          --aot                  start the programs that eng/publish.sh compiled ahead of time; each starts when the one before listens, and the summary of
                                 --check has what each of them takes
          --hubdev               give modules a connection string, as iotedgehubdev does, rather than the workload API
          --uplink direct        SecureBuffer sends past edgeHub: it registers at the provisioning service and connects to IoT Hub with a certificate of its own
          --record FILE          write down every message that arrives at IoT Hub, one JSON object a line
          --state FOLDER         keep volumes and identities here from run to run
          --json                 one JSON object a line
          --help                 this text

        Exit code: 0 stopped in good order, and with --check everything accounted for; 1 the check failed; 2 the command line, the manifest or a
        program is wrong; 3 a port is taken; 4 a module died.
        """;

    /// <summary>Reads the arguments.</summary>
    public static CommandLineReading Read(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            if (name is "--help" or "-h")
            {
                return new CommandLineReading.Help();
            }

            if (ReadSwitch(name, options) is { } switched)
            {
                options = switched;
            }
            else if (!IsValued(name))
            {
                return new CommandLineReading.Wrong($"{name} is not an option; --help lists them");
            }
            else if (!rest.TryDequeue(out var value))
            {
                return new CommandLineReading.Wrong($"{name} needs a value");
            }
            else if (ReadValue(name, value, options, out var reason) is { } valued)
            {
                options = valued;
            }
            else
            {
                return new CommandLineReading.Wrong($"{name}: {reason}");
            }
        }

        return options.Faults.FirstOrDefault(fault => fault.Fault is IDirectFault && !options.IsUplinkDirect) is { } lonely
            ? new CommandLineReading.Wrong($"--fault {lonely.Text} befalls the device that SecureBuffer is past edgeHub: add --uplink direct")
            : new CommandLineReading.Run(options);
    }

    private static SimulatorOptions? ReadSwitch(string name, SimulatorOptions options) => name switch
    {
        "--aot" => options with { IsAheadOfTime = true },
        "--check" => options with { IsCheck = true },
        "--hubdev" => options with { IsHubDevelopment = true },
        "--json" => options with { IsJson = true },
        _ => null,
    };

    private static bool IsValued(string name) => name is "--duration" or "--fault" or "--start-offline" or "--modbus" or "--manifest"
        or "--set" or "--module" or "--state" or "--record" or "--uplink";

    private static SimulatorOptions? ReadValue(string name, string value, SimulatorOptions options, out string? reason)
    {
        reason = null;
        switch (name)
        {
            case "--manifest":
                return options with { ManifestFile = value };
            case "--state":
                return options with { StateFolder = value };
            case "--record":
                return options with { RecordFile = value };
            case "--fault":
                return FaultSpecification.TryParse(value, out var fault, out reason) ? options with { Faults = options.Faults.Add(fault) } : null;
            case "--duration" or "--start-offline" when TimeText.TryParse(value, out var time) && time > TimeSpan.Zero:
                return name is "--duration" ? options with { Duration = time } : options with { OfflineFor = time };
            case "--duration" or "--start-offline":
                reason = $"\"{value}\" is not a time above zero such as 20s or 500ms";
                return null;
            case "--modbus" when IsHostAndPort(value):
                return options with { ModbusDevice = value };
            case "--uplink" when value is "direct" or "edgeHub":
                return options with { IsUplinkDirect = value is "direct" };
            case "--uplink":
                reason = $"\"{value}\" is neither direct nor edgeHub";
                return null;
            case "--modbus":
                reason = $"\"{value}\" is not HOST:PORT";
                return null;
            case "--set" when TrySplit(value, out var placeholder):
                return options with { Placeholders = options.Placeholders.SetItem(placeholder.Name, placeholder.Value) };
            case "--module" when TrySplit(value, out var module):
                return options with { Programs = options.Programs.SetItem(module.Name, module.Value) };
            default:
                reason = $"\"{value}\" is not NAME=VALUE";
                return null;
        }
    }

    private static bool IsHostAndPort(string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0
            && int.TryParse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue;
    }

    private static bool TrySplit(string value, out (string Name, string Value) pair)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        pair = equals > 0 ? (value[..equals], value[(equals + 1)..]) : default;
        return equals > 0;
    }
}
