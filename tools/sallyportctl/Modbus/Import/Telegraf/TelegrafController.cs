using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Reads <c>controller</c>, <c>transmission_mode</c> and <c>workarounds</c>: the way to the device, and how it wants to be treated.</summary>
internal static class TelegrafController
{
    private const string Tcp = "tcp://";
    private const string File = "file://";

    // Workarounds that are a number of milliseconds in the connection.
    private static readonly Dictionary<string, string> Pauses = new(StringComparer.Ordinal)
    {
        ["pause_after_connect"] = "connectPauseMs",
        ["pause_between_requests"] = "requestPauseMs",
    };

    /// <summary>The connection as the twin has it; if there can be none, the draft says why.</summary>
    public static bool TryRead(DocumentNode plugin, TwinDraft draft, [NotNullWhen(true)] out JsonObject? connection)
    {
        connection = null;
        string controller = plugin.TextOf("controller") ?? "";
        string mode = plugin.TextOf("transmission_mode") ?? "auto";
        if (mode.StartsWith("ASCII", StringComparison.OrdinalIgnoreCase))
        {
            draft.Lose(plugin["transmission_mode"]!, "Modbus ASCII is not read; many devices can be set to RTU.");
        }
        else if (controller.StartsWith(Tcp, StringComparison.Ordinal))
        {
            bool isRtu = mode.Equals("RTUoverTCP", StringComparison.OrdinalIgnoreCase);
            connection = new JsonObject { ["endpoint"] = $"{(isRtu ? "modbus-rtu-tcp" : "modbus-tcp")}://{controller[Tcp.Length..].TrimEnd('/')}" };
        }
        else if (controller.StartsWith(File, StringComparison.Ordinal) || controller.StartsWith('/'))
        {
            string path = controller.StartsWith('/') ? controller : controller[File.Length..];
            connection = new JsonObject
            {
                ["endpoint"] = SerialPort.Endpoint(path, plugin.NumberOf("baud_rate"), plugin.TextOf("parity"), plugin.TextOf("stop_bits")),
            };
        }
        else
        {
            draft.Lose(plugin["controller"] ?? plugin, $"The controller \"{controller}\" is neither tcp://host:port nor file:///dev/port.");
        }

        if (connection is not null)
        {
            ReadWorkarounds(plugin["workarounds"], draft, connection);
        }

        return connection is not null;
    }

    private static void ReadWorkarounds(DocumentNode? workarounds, TwinDraft draft, JsonObject connection)
    {
        foreach ((string key, DocumentNode member) in workarounds?.Members ?? new Dictionary<string, DocumentNode>(StringComparer.Ordinal))
        {
            if (Pauses.TryGetValue(key, out string? word) && member.Text is { } text && TelegrafDuration.Parse(text) is { } pauseMs)
            {
                if (pauseMs > 0)
                {
                    connection[word] = pauseMs;
                }
            }
            else if (member.Text is not "false")
            {
                draft.Lose(member, $"The workaround {key} has no counterpart here; look at the limits of units and the pauses of connections.");
            }
        }
    }
}
