using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.EtherNetIp.Identity;

namespace Sallyport.Ctl.Eip;

/// <summary>The keys of a controller in the twin that let only one device be read.</summary>
internal static class IdentityKeys
{
    /// <summary>The keys as text to paste.</summary>
    public static string Text(IdentityObject identity) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"keying\": \"compatible\", \"vendor\": {identity.Vendor}, \"deviceType\": {identity.DeviceType}, \"productCode\": {identity.ProductCode}, \"revision\": \"{identity.Revision}\"");

    /// <summary>Writes the keys into a controller of the twin.</summary>
    public static void AddTo(JsonObject controller, IdentityObject identity)
    {
        controller["keying"] = "compatible";
        controller["vendor"] = identity.Vendor;
        controller["deviceType"] = identity.DeviceType;
        controller["productCode"] = identity.ProductCode;
        controller["revision"] = identity.Revision.ToString();
    }

    /// <summary>The serial number as the twin has it.</summary>
    public static string Serial(IdentityObject identity) => identity.SerialNumber.ToString("X8", CultureInfo.InvariantCulture);
}
