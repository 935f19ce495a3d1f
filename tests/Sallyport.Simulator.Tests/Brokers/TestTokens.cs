using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>Mints tokens as the official clients do.</summary>
internal static class TestTokens
{
    public static string Mint(string host, RegisteredIdentity registered, DateTimeOffset expiresAt) =>
        Mint(host, registered.Identity, registered.PrimaryKey, expiresAt);

    public static string Mint(string host, HubIdentity identity, ReadOnlyMemory<byte> key, DateTimeOffset expiresAt)
    {
        string path = identity.IsModule
            ? $"{host}/devices/{WebUtility.UrlEncode(identity.DeviceId)}/modules/{WebUtility.UrlEncode(identity.ModuleId)}"
            : $"{host}/devices/{WebUtility.UrlEncode(identity.DeviceId)}";
        string audience = WebUtility.UrlEncode(path);
        string expiry = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"{audience}\n{expiry}"));
        return $"SharedAccessSignature sr={audience}&sig={WebUtility.UrlEncode(Convert.ToBase64String(signature))}&se={expiry}";
    }
}
