using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>The content of a points file: the same document that <c>/points</c> of the desired properties would be, and the line of each point.</summary>
public sealed class PointTable
{
    private readonly Dictionary<string, TableDevice> _devices;
    private readonly bool _hasColumns;

    internal PointTable(ReadOnlyMemory<byte> json, Dictionary<string, TableDevice> devices, bool hasColumns)
    {
        (Json, _devices, _hasColumns) = (json, devices, hasColumns);
    }

    /// <summary>The document: device → name → keys. UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>How many points there are.</summary>
    public int Count => _devices.Values.Sum(device => device.Lines.Count);

    /// <summary>The names of the devices, in the order of the file.</summary>
    public IEnumerable<string> Devices => _devices.Keys;

    /// <summary>The document, with a life of its own.</summary>
    public JsonElement ToElement()
    {
        using JsonDocument document = JsonDocument.Parse(Json);
        return document.RootElement.Clone();
    }

    /// <summary>Whether the file has a point of this name.</summary>
    public bool Has(string device, string name) => _devices.TryGetValue(device, out TableDevice? found) && found.Lines.ContainsKey(name);

    /// <summary>Says where in the file a place of the document comes from.</summary>
    /// <param name="pointer">JSON pointer from the root of the desired properties: <c>/points/chiller-1/flow/address</c>.</param>
    /// <param name="reason">What is wrong there.</param>
    /// <returns>Null if the place is not in the file.</returns>
    public TableFault? Locate(string pointer, string reason)
    {
        // Of /points/device/name/key, what lies deeper is in the cell of its key.
        ImmutableArray<string> parts = [.. pointer.Split('/').Skip(1).Select(Unescape)];
        if (parts is not ["points", string device, ..] || !_devices.TryGetValue(device, out TableDevice? found))
        {
            return null;
        }

        if (parts.Length is 2)
        {
            return new TableFault(found.FirstLine, Place(PointColumns.Device, pointer), reason);
        }

        return found.Lines.TryGetValue(parts[2], out int line)
            ? new TableFault(line, Place(parts.Length is 3 ? PointColumns.Name : parts[3], pointer), reason)
            : null;
    }

    /// <summary>A fault of a point that <see cref="Has"/> says is there.</summary>
    internal TableFault At(string device, string name, string reason) =>
        new(_devices[device].Lines[name], Place(PointColumns.Name, $"/points/{device}/{name}"), reason);

    private string Place(string title, string pointer) => _hasColumns ? TableFault.Column(title) : pointer["/points".Length..];

    private static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
