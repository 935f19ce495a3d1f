using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Modbus;

/// <summary>The arguments that say which device is meant: shared by all verbs that talk to one.</summary>
internal sealed class DeviceOptions
{
    private const int DefaultTimeoutMs = 1000;

    /// <summary>Where the device listens.</summary>
    public Argument<string?> Endpoint { get; } = new("endpoint")
    {
        Description = "Where the device listens: modbus-tcp://host:port, or short host or host:port.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>How long an answer may take.</summary>
    public Option<int> TimeoutMs { get; } = new("--timeout")
    {
        Description = "Milliseconds for one answer.",
        HelpName = "ms",
        DefaultValueFactory = static _ => DefaultTimeoutMs,
    };

    /// <summary>Further keys of the connection.</summary>
    public Option<string[]> Connection { get; } = new("--connection")
    {
        Description = "A key that the connection would have in the twin, for example connectTimeoutMs=500; may be repeated.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Arguments.Add(Endpoint);
        verb.Options.Add(TimeoutMs);
        verb.Options.Add(Connection);
    }

    /// <summary>The connection as the twin would have it.</summary>
    public JsonObject Read(ParseResult parsed)
    {
        string endpoint = parsed.GetValue(Endpoint) ?? throw new WrongUsageException("Which device? Give its endpoint, for example modbus-tcp://192.0.2.10:502.");
        var connection = new JsonObject { ["endpoint"] = WithScheme(endpoint), ["timeoutMs"] = parsed.GetValue(TimeoutMs) };
        foreach (string pair in parsed.GetValue(Connection) ?? [])
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new WrongUsageException($"--connection {pair}: it takes KEY=VALUE.");
            }

            connection[pair[..equals]] = Value(pair[(equals + 1)..]);
        }

        return connection;
    }

    private static string WithScheme(string endpoint) => endpoint.Contains("://", StringComparison.Ordinal) ? endpoint
        : endpoint.StartsWith('/') ? $"modbus-rtu://{endpoint}"
        : $"modbus-tcp://{endpoint}";

    private static JsonNode Value(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
        _ => text,
    };
}
