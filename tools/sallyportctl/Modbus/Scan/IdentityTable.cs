using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>What units say of themselves, in columns and for machines.</summary>
internal static class IdentityTable
{
    private const byte LastBasic = 2;

    /// <summary>One column for each thing that every device has, and one for the rest.</summary>
    public static ImmutableArray<string> Columns { get; } = ["Vendor", "Product code", "Revision", "Also"];

    /// <summary>The cells of a unit; empty if it said nothing.</summary>
    public static ImmutableArray<string> Cells(IdentifyOutcome? identity)
    {
        ImmutableArray<IdentificationObject> objects = (identity as IdentifyOutcome.Identified)?.Objects ?? [];
        return
        [
            TextOf(objects, 0), TextOf(objects, 1), TextOf(objects, LastBasic),
            string.Join(", ", objects.Where(one => one.Id > LastBasic && one.Text.Length > 0).Select(one => one.Text)),
        ];
    }

    /// <summary>A member of the unit's object; null if it said nothing, nothing if it was not asked.</summary>
    public static void Write(Utf8JsonWriter json, IdentifyOutcome? identity)
    {
        switch (identity)
        {
            case IdentifyOutcome.Identified identified:
                json.WriteStartObject("identification");
                foreach (IdentificationObject one in identified.Objects)
                {
                    json.WriteString(one.Name, one.Text);
                }

                json.WriteEndObject();
                break;
            case IdentifyOutcome.Failed:
                json.WriteNull("identification");
                break;
            default:
                break;
        }
    }

    private static string TextOf(ImmutableArray<IdentificationObject> objects, byte id) => objects.FirstOrDefault(one => one.Id == id).Text ?? "";
}
