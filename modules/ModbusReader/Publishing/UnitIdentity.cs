using System.Collections.Immutable;
using Sallyport.Modbus;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Publishing;

/// <summary>What consumers are told of what a unit says of itself.</summary>
internal static class UnitIdentity
{
    private const byte VendorName = 0;
    private const byte ProductCode = 1;
    private const byte Revision = 2;
    private const byte VendorAddress = 3;
    private const byte ProductName = 4;
    private const byte ModelName = 5;

    /// <summary>The parts that the specification names; null if none of them says anything.</summary>
    public static DeviceIdentity? Of(ImmutableArray<IdentificationObject> objects)
    {
        var identity = new DeviceIdentity(
            Text(objects, VendorName),
            Text(objects, ProductCode),
            Text(objects, Revision),
            Text(objects, VendorAddress),
            Text(objects, ProductName),
            Text(objects, ModelName));
        return identity.IsEmpty ? null : identity;
    }

    private static string? Text(ImmutableArray<IdentificationObject> objects, byte id)
    {
        foreach (IdentificationObject one in objects)
        {
            if (one.Id == id && one.Text.Trim() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }
}
