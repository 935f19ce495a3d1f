using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Takes over the sections <c>[[inputs.modbus]]</c> of a Telegraf configuration, in each of its three styles.</summary>
internal sealed class TelegrafImport(TwinDraft draft)
{
    private const int DefaultIntervalMs = 10_000;
    private const int DefaultTimeoutMs = 1000;

    private static readonly string[] Known =
    [
        "name", "controller", "slave_id", "timeout", "interval", "configuration_type", "transmission_mode", "baud_rate", "data_bits", "parity", "stop_bits",
        "discrete_inputs", "coils", "holding_registers", "input_registers", "request", "metric", "workarounds",
    ];

    // Keys that have no counterpart, each with the reason.
    private static readonly Dictionary<string, string> NotNeeded = new(StringComparer.Ordinal)
    {
        ["busy_retries"] = "Not needed: a busy device is asked once more, for that request alone.",
        ["busy_retries_wait"] = "Not needed: a busy device is asked once more, for that request alone.",
        ["debug_connection"] = "Not needed: metrics and the log say what connections do.",
        ["exclude_register_type_tag"] = "Not needed: frames have no tags.",
        ["tags"] = "Not taken over: frames have no tags; the unit's name stands for the device.",
        ["name_override"] = "Not taken over: frames have no measurements.",
    };

    /// <summary>Takes over a file.</summary>
    public void Read(DocumentNode root)
    {
        DocumentNode? plugins = root["inputs"]?["modbus"];
        if (plugins is not { IsArray: true })
        {
            throw new WrongUsageException("There is no [[inputs.modbus]] in it. --from says what else it could be.");
        }

        int intervalMs = root["agent"]?.TextOf("interval") is { } text ? TelegrafDuration.Parse(text) ?? DefaultIntervalMs : DefaultIntervalMs;
        foreach (DocumentNode plugin in plugins.Items)
        {
            ReadPlugin(plugin, intervalMs);
        }
    }

    private void ReadPlugin(DocumentNode plugin, int agentIntervalMs)
    {
        foreach ((string key, DocumentNode member) in plugin.Members.Where(member => !Known.Contains(member.Key, StringComparer.Ordinal)))
        {
            if (NotNeeded.TryGetValue(key, out string? reason))
            {
                draft.Remark(member, reason);
            }
            else
            {
                draft.Lose(member, $"The key {key} is not known.");
            }
        }

        if (!TelegrafController.TryRead(plugin, draft, out JsonObject? connection))
        {
            return;
        }

        SerialPort.CheckDataBits(draft, plugin, "data_bits");
        connection["timeoutMs"] = DurationOf(plugin, "timeout") ?? DefaultTimeoutMs;
        string name = plugin.TextOf("name") ?? "modbus";
        int intervalMs = DurationOf(plugin, "interval") ?? agentIntervalMs;
        var device = new TelegrafDevice(
            draft.Connection(plugin, name, connection), name, UnitIds(plugin).Distinct().Count() > 1, draft.Group(plugin, wish: null, intervalMs));
        ReadPoints(plugin, device);
    }

    private void ReadPoints(DocumentNode plugin, TelegrafDevice device)
    {
        switch (plugin.TextOf("configuration_type") ?? "register")
        {
            case "register":
                new RegisterStyle(draft).Read(plugin, device);
                break;
            case "request":
                new FieldStyle(draft).ReadRequests(plugin, device);
                break;
            case "metric":
                new FieldStyle(draft).ReadMetrics(plugin, device);
                break;
            case var other:
                draft.Lose(plugin["configuration_type"]!, $"\"{other}\" is none of register, request and metric.");
                break;
        }
    }

    private int? DurationOf(DocumentNode plugin, string key)
    {
        if (plugin.TextOf(key) is not { } text)
        {
            return null;
        }

        int? milliseconds = TelegrafDuration.Parse(text);
        if (milliseconds is null)
        {
            draft.Lose(plugin[key]!, string.Create(CultureInfo.InvariantCulture, $"\"{text}\" is no duration such as 10s or 250ms."));
        }

        return milliseconds;
    }

    private static IEnumerable<int?> UnitIds(DocumentNode plugin) => plugin.TextOf("configuration_type") is "request" or "metric"
        ? (plugin["request"]?.Items ?? []).Concat(plugin["metric"]?.Items ?? []).Select(request => request.NumberOf("slave_id"))
        : [plugin.NumberOf("slave_id")];
}
