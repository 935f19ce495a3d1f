using System.Globalization;
using System.Text.Json.Nodes;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>What the known devices hold, as points of a configuration and as the values that must come out.</summary>
internal static class KnownContents
{
    private const int Registers = 150;
    private const int Bits = 61;

    /// <summary>More registers than one request can take, bits that begin and end inside a byte, and all four tables.</summary>
    public static JsonObject Points()
    {
        var points = new JsonObject();
        for (int address = 3; address < 3 + Registers; address++)
        {
            points[Name("holdingRegister", address)] = Point("holdingRegister", address, "uint16");
        }

        for (int address = 3; address < 3 + Bits; address++)
        {
            points[Name("coil", address)] = Point("coil", address, "bool");
        }

        foreach (int address in (int[])[1, 9, 10, 11, 40])
        {
            points[Name("discreteInput", address)] = Point("discreteInput", address, "bool");
            points[Name("inputRegister", address)] = Point("inputRegister", address, "uint16");
        }

        return points;
    }

    /// <summary>Points of holding registers.</summary>
    public static JsonObject HoldingRegisters(params int[] addresses)
    {
        var points = new JsonObject();
        foreach (int address in addresses)
        {
            points[Name("holdingRegister", address)] = Point("holdingRegister", address, "uint16");
        }

        return points;
    }

    public static string Name(string table, int address) => string.Create(CultureInfo.InvariantCulture, $"{table}_{address}");

    /// <summary>The value behind a name.</summary>
    public static object Expected(string name)
    {
        string[] parts = name.Split('_');
        int address = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return parts[0] switch
        {
            "holdingRegister" => (long)(ushort)((257 * address) + 11),
            "inputRegister" => (long)(ushort)((263 * address) + 5),
            "coil" => ((7 * address) + 4) % 3 == 0,
            _ => ((5 * address) + 1) % 3 == 0,
        };
    }

    private static JsonObject Point(string table, int address, string type) =>
        new() { ["group"] = "all", ["table"] = table, ["address"] = address, ["type"] = type };
}
