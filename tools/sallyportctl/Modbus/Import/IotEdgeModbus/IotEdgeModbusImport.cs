using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.IotEdgeModbus;

/// <summary>Takes over the twin of the archived module Azure/iot-edge-modbus.</summary>
internal sealed class IotEdgeModbusImport(TwinDraft draft)
{
    private const string Slaves = "SlaveConfigs";
    private const int DefaultPollingIntervalMs = 2000;

    // Keys that have no counterpart, each with the reason.
    private static readonly Dictionary<string, string> NotNeeded = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PublishInterval"] = "Not needed: a frame is sent when it was read; SecureBuffer makes batches of frames.",
        ["Version"] = "Not needed: there is one format of messages.",
        ["IoTCentralConnectionString"] = "Not needed: messages go through edgeHub. It is a secret: take it out of the old file.",
        ["RetryCount"] = "Not needed: a unit that does not answer is left alone for a while that grows up to a minute.",
        ["RetryInterval"] = "Not needed: a unit that does not answer is left alone for a while that grows up to a minute.",
        ["FlowControl"] = "Not needed: Modbus lines have no flow control.",
    };

    private static readonly string[] SlaveKeys = ["SlaveConnection", "HwId", "TcpPort", "BaudRate", "DataBits", "StopBits", "Parity", "Operations"];
    private static readonly string[] OperationKeys = ["PollingInterval", "UnitId", "StartAddress", "Count", "DisplayName", "CorrelationId"];

    /// <summary>Takes over a file: desired properties, a twin, a deployment manifest, or a file of the older version.</summary>
    public void Read(DocumentNode root)
    {
        DocumentNode[] sections = [.. SectionsIn(root)];
        foreach (DocumentNode section in sections)
        {
            Remark(section, [Slaves]);
            foreach ((string name, DocumentNode slave) in section.Find(Slaves)!.Members)
            {
                ReadSlave(name, slave);
            }
        }

        if (sections.Length == 0 && !new OlderVersion(draft).TryRead(root))
        {
            throw new WrongUsageException($"There is no \"{Slaves}\" in it: it is no twin of iot-edge-modbus. --from says what else it could be.");
        }
    }

    /// <summary>Takes over addresses that lie side by side: the old module gives each as a number without a type.</summary>
    internal static void ReadPoints(
        TwinDraft draft, DocumentNode origin, string unit, string group, string name, ModbusTable table, int address, int count, Func<int, string> addressName)
    {
        for (int i = 0; i < count; i++)
        {
            draft.Point(origin, unit, [count == 1 ? name : $"{name}_{addressName(i)}", $"{name}_{addressName(i)}"], new JsonObject
            {
                ["group"] = group,
                ["table"] = table.Name,
                ["address"] = address + i,
                ["type"] = table.HoldsBits ? "bool" : "uint16",
            });
        }

        if (count > 1 && !table.HoldsBits)
        {
            draft.Remark(origin, string.Create(CultureInfo.InvariantCulture, $"{count} registers became {count} points of type uint16. ")
                + "If they are one value, make one point with its type of them; \"modbus read\" shows which.");
        }
    }

    private static IEnumerable<DocumentNode> SectionsIn(DocumentNode root)
    {
        IEnumerable<DocumentNode?> candidates =
        [
            root,
            root["properties"]?["desired"],
            root["properties.desired"],
            .. (root["modulesContent"]?.Members.Values ?? []).Select(module => module["properties.desired"]),
        ];
        return candidates.OfType<DocumentNode>().Where(candidate => candidate.Find(Slaves) is { IsObject: true });
    }

    private void ReadSlave(string name, DocumentNode slave)
    {
        Remark(slave, SlaveKeys);
        if (slave.TextOf("SlaveConnection") is not { } connection)
        {
            draft.Lose(slave, "SlaveConnection is missing: there is no way to the device.");
            return;
        }

        SerialPort.CheckDataBits(draft, slave, "DataBits");
        string way = draft.Connection(slave, name, ForeignConnection.Of(slave, connection));
        DocumentNode[] operations = [.. slave.Find("Operations")?.Members.Values ?? []];
        int[] unitIds = [.. operations.Select(operation => operation.NumberOf("UnitId")).OfType<int>().Distinct()];
        string source = slave.TextOf("HwId") ?? name;
        foreach ((string key, DocumentNode operation) in slave.Find("Operations")?.Members ?? new Dictionary<string, DocumentNode>(StringComparer.Ordinal))
        {
            ReadOperation(key, operation, way, unitId => unitIds.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"{source}-{unitId}") : source);
        }
    }

    private void ReadOperation(string key, DocumentNode operation, string connection, Func<int, string> unitName)
    {
        Remark(operation, OperationKeys);
        string? start = operation.TextOf("StartAddress");
        if (start is null || !StartAddress.TryParse(start, out ModbusTable? table, out int address))
        {
            draft.Lose(operation, $"StartAddress \"{start}\" is none of five or six digits that begin with 0, 1, 3 or 4 and count from 1.");
            return;
        }

        if (operation.NumberOf("UnitId") is not { } unitId || operation.NumberOf("Count") is not { } count)
        {
            draft.Lose(operation, "UnitId and Count must be whole numbers.");
            return;
        }

        if (operation.NumberOf("PollingInterval") is null)
        {
            draft.Remark(operation, string.Create(CultureInfo.InvariantCulture, $"PollingInterval is missing: it is polled every {DefaultPollingIntervalMs} ms."));
        }

        string unit = draft.Unit(operation, unitName(unitId), connection, unitId);
        string group = draft.Group(operation, operation.TextOf("CorrelationId"), operation.NumberOf("PollingInterval") ?? DefaultPollingIntervalMs);
        ReadPoints(draft, operation, unit, group, operation.TextOf("DisplayName") ?? key, table!, address, count, i => StartAddress.Next(start, i));
    }

    private void Remark(DocumentNode node, string[] known)
    {
        foreach ((string name, DocumentNode member) in node.Members)
        {
            if (NotNeeded.TryGetValue(name, out string? reason))
            {
                draft.Remark(member, reason);
            }
            else if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith('$'))
            {
                draft.Lose(member, $"The key {name} is not known.");
            }
        }
    }
}
