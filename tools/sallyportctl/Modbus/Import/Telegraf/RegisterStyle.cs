using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Takes over the original style: a list of variables for each table, with every address of each.</summary>
internal sealed class RegisterStyle(TwinDraft draft)
{
    private static readonly string[] Sections = ["coils", "discrete_inputs", "input_registers", "holding_registers"];

    /// <summary>Takes over the variables of a device.</summary>
    public void Read(DocumentNode plugin, TelegrafDevice device)
    {
        if (plugin.NumberOf("slave_id") is null)
        {
            draft.Remark(plugin, "slave_id is missing: Telegraf takes 0 then, and so is it here.");
        }

        string unit = device.UnitIn(draft, plugin, plugin.NumberOf("slave_id") ?? 0);
        foreach ((string section, DocumentNode variables) in plugin.Members.Where(member => Sections.Contains(member.Key, StringComparer.Ordinal)))
        {
            foreach (DocumentNode variable in variables.Items)
            {
                if (Point(variable, TelegrafWords.Tables[section], device.Group, out string? reason) is { } point)
                {
                    draft.Point(variable, unit, TelegrafPoint.NamesOf(variable, parent: null), point);
                }
                else
                {
                    draft.Lose(variable, reason!);
                }
            }
        }
    }

    private static JsonObject? Point(DocumentNode variable, ModbusTable table, string group, out string? reason)
    {
        int?[] addresses = [.. (variable["address"]?.Items ?? []).Select(address => address.AsNumber())];
        if (addresses.Length == 0 || addresses.Any(address => address is null))
        {
            reason = "Its address is no list of whole numbers.";
            return null;
        }

        int[] inOrder = [.. addresses.Select(address => address!.Value)];
        if (!inOrder.SequenceEqual(Enumerable.Range(inOrder[0], inOrder.Length)))
        {
            reason = "Its addresses do not follow each other: one value is one piece here. If they are merely in another order, byte_order says it.";
            return null;
        }

        JsonObject point = TelegrafPoint.At(group, table, inOrder[0]);
        if (table.HoldsBits)
        {
            point["type"] = "bool";
            reason = null;
            return point;
        }

        string word = variable.TextOf("data_type")?.ToUpperInvariant() ?? "";
        return TryType(word, inOrder.Length, out string type, out reason)
            && TelegrafPoint.TryFormat(point, variable, type, inOrder.Length, variable.TextOf("byte_order"), out reason)
            ? point
            : null;
    }

    private static bool TryType(string word, int registers, out string type, out string? reason)
    {
        reason = null;
        if (word is "STRING")
        {
            type = "string";
            return true;
        }

        if (TelegrafWords.FixedPoint.TryGetValue((word, registers), out string? integer))
        {
            type = integer;
            return true;
        }

        bool isKnown = TelegrafWords.Types.TryGetValue(word, out (string Word, int Registers) found);
        type = found.Word;
        reason = !isKnown ? $"The data type \"{word}\" is not known, or not for {registers} registers."
            : found.Registers != registers ? $"A value of the type {word} takes {found.Registers} registers, not the {registers} of its address."
            : null;
        return reason is null;
    }
}
