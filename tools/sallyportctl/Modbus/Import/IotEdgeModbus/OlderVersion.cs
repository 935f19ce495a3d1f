using System.Globalization;
using Sallyport.Ctl.Documents;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.IotEdgeModbus;

/// <summary>Takes over the file of the module's first version, which had function codes and addresses that count from 0.</summary>
internal sealed class OlderVersion(TwinDraft draft)
{
    private const int DefaultIntervalMs = 2000;

    /// <summary>Takes over a file.</summary>
    /// <returns>Whether there was anything of that kind in it.</returns>
    public bool TryRead(DocumentNode root)
    {
        DocumentNode[] devices = [.. ArgumentsIn(root).Where(arguments => arguments["serverConnectionString"] is not null)];
        foreach (DocumentNode device in devices)
        {
            ReadDevice(device);
        }

        return devices.Length > 0;
    }

    private static IEnumerable<DocumentNode> ArgumentsIn(DocumentNode root)
    {
        IEnumerable<DocumentNode> arguments = (root["modules"]?.Items ?? []).Select(module => module["args"]).Append(root["args"]).OfType<DocumentNode>();
        return arguments.SelectMany(node => node.IsArray ? node.Items : [node]).Append(root);
    }

    private void ReadDevice(DocumentNode device)
    {
        string connection = device.TextOf("serverConnectionString") ?? "";
        string type = device.TextOf("deviceType") ?? "modbus";
        string name = device.TextOf("macAddress") is { } mac ? $"{type}-{mac}" : type;
        string way = draft.Connection(device, name, ForeignConnection.Of(device, connection));
        string group = draft.Group(device, wish: null, device.NumberOf("interval") ?? DefaultIntervalMs);
        DocumentNode[] operations = [.. device["operations"]?.Items ?? []];
        bool hasManyUnits = operations.Select(operation => operation.NumberOf("unitId")).Distinct().Count() > 1;
        foreach (DocumentNode operation in operations)
        {
            if (operation.NumberOf("unitId") is not { } unitId
                || operation.NumberOf("startingAddress") is not { } address
                || operation.NumberOf("length") is not { } count
                || ModbusTable.All.FirstOrDefault(table => table.FunctionCode == operation.NumberOf("functionCode")) is not { } table)
            {
                draft.Lose(operation, "It needs unitId, startingAddress and length, and a functionCode from 1 to 4: others write.");
                continue;
            }

            string unit = draft.Unit(operation, hasManyUnits ? string.Create(CultureInfo.InvariantCulture, $"{name}-{unitId}") : name, way, unitId);
            IotEdgeModbusImport.ReadPoints(
                draft, operation, unit, group, $"{table.Name}_{address}", table, address, count,
                i => (address + i).ToString(CultureInfo.InvariantCulture));
        }
    }
}
