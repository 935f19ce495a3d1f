using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>The member <c>identity</c> of metadata.</summary>
internal static class DeviceIdentityJson
{
    public static void Write(Utf8JsonWriter writer, DeviceIdentity identity)
    {
        writer.WriteStartObject();
        writer.WriteOptional("vendor", identity.Vendor);
        writer.WriteOptional("productCode", identity.ProductCode);
        writer.WriteOptional("revision", identity.Revision);
        writer.WriteOptional("vendorUrl", identity.VendorAddress);
        writer.WriteOptional("productName", identity.ProductName);
        writer.WriteOptional("modelName", identity.ModelName);
        writer.WriteEndObject();
    }

    public static DeviceIdentity? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        var identity = new DeviceIdentity(
            members.OptionalText("vendor"),
            members.OptionalText("productCode"),
            members.OptionalText("revision"),
            members.OptionalText("vendorUrl"),
            members.OptionalText("productName"),
            members.OptionalText("modelName"));
        return members.IsSound && !identity.IsEmpty ? identity : null;
    }
}
