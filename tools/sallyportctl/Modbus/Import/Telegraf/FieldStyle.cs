using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Takes over the two newer styles, which list fields: by request (one table) or by metric (each field names its table).</summary>
internal sealed class FieldStyle(TwinDraft draft)
{
    /// <summary>Takes over requests.</summary>
    public void ReadRequests(DocumentNode plugin, TelegrafDevice device)
    {
        foreach (DocumentNode request in plugin["request"]?.Items ?? [])
        {
            if (request.TextOf("optimization") is not (null or "none"))
            {
                draft.Remark(request["optimization"]!, "Not needed: the module plans its requests itself; the limits of a unit say how far it may go.");
            }

            ReadFields(request, device, field => request.TextOf("register") ?? "holding");
        }
    }

    /// <summary>Takes over metrics.</summary>
    public void ReadMetrics(DocumentNode plugin, TelegrafDevice device)
    {
        foreach (DocumentNode metric in plugin["metric"]?.Items ?? [])
        {
            ReadFields(metric, device, field => field.TextOf("register") ?? "holding");
        }
    }

    private void ReadFields(DocumentNode parent, TelegrafDevice device, Func<DocumentNode, string> register)
    {
        string unit = device.UnitIn(draft, parent, parent.NumberOf("slave_id") ?? 0);
        if (parent["tags"] is { } tags)
        {
            draft.Remark(tags, "Not taken over: frames have no tags; the unit's name stands for the device.");
        }

        // Fields that are left out on purpose only fill gaps, which the module bridges itself.
        foreach (DocumentNode field in (parent["fields"]?.Items ?? []).Where(field => field.TextOf("omit") is not "true"))
        {
            if (Point(field, parent, register(field), device.Group, out string? reason) is { } point)
            {
                draft.Point(field, unit, TelegrafPoint.NamesOf(field, parent), point);
            }
            else
            {
                draft.Lose(field, reason!);
            }
        }
    }

    private static JsonObject? Point(DocumentNode field, DocumentNode parent, string register, string group, out string? reason)
    {
        reason = null;
        if (!TelegrafWords.Tables.TryGetValue(register, out ModbusTable? table))
        {
            reason = $"The register \"{register}\" is none of coil, discrete, holding and input.";
            return null;
        }

        if (field.NumberOf("address") is not { } address)
        {
            reason = "Its address is no whole number.";
            return null;
        }

        JsonObject point = TelegrafPoint.At(group, table, address);
        if (table.HoldsBits)
        {
            point["type"] = "bool";
            return point;
        }

        string word = field.TextOf("type") ?? "";
        (string Word, int Registers) type = default;
        if (string.Equals(word, "STRING", StringComparison.OrdinalIgnoreCase))
        {
            type = ("string", field.NumberOf("length") ?? 1);
        }
        else if (!TelegrafWords.Types.TryGetValue(word, out type))
        {
            reason = $"The type \"{word}\" is not known.";
            return null;
        }

        return TelegrafPoint.TryFormat(point, field, type.Word, type.Registers, parent.TextOf("byte_order"), out reason) ? point : null;
    }
}
