using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>Makes tokens as people make them with a tool, to put them into a connection string. Written apart from the product's own mint on purpose.</summary>
internal static class SasToken
{
    /// <param name="host">IoT Hub's name.</param>
    /// <param name="identity">Whose token it is.</param>
    /// <param name="key">Signs it.</param>
    /// <param name="expiresAt">Its end; whole seconds count.</param>
    public static string Mint(string host, HubIdentity identity, ReadOnlyMemory<byte> key, DateTimeOffset expiresAt)
    {
        string path = $"{host}/devices/{WebUtility.UrlEncode(identity.DeviceId)}" + (identity.IsModule ? $"/modules/{WebUtility.UrlEncode(identity.ModuleId)}" : "");
        string audience = WebUtility.UrlEncode(path);
        string expiry = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"{audience}\n{expiry}"));
        return $"SharedAccessSignature sr={audience}&sig={WebUtility.UrlEncode(Convert.ToBase64String(signature))}&se={expiry}";
    }
}
