using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>Judges shared access signatures as IoT Hub and edgeHub do. Written apart from the product's own reader on purpose.</summary>
/// <param name="registry">Knows the keys.</param>
/// <param name="hostNames">Hosts that an audience may name: the hub's, and at edgeHub also the gateway's.</param>
/// <param name="time">Judges the expiry.</param>
internal sealed class SasCheck(IdentityRegistry registry, IReadOnlyList<string> hostNames, TimeProvider time)
{
    /// <summary>How long after its expiry a token is still taken.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private const string Prefix = "SharedAccessSignature ";

    public SasVerdict Judge(string token, HubIdentity identity)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new SasVerdict.Invalid("it is no shared access signature");
        }

        Dictionary<string, string> fields = ReadFields(token[Prefix.Length..]);
        if (!fields.TryGetValue("sr", out string? audience)
            || !fields.TryGetValue("sig", out string? signature)
            || !fields.TryGetValue("se", out string? expiry))
        {
            return new SasVerdict.Invalid("a field is missing");
        }

        if (!long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return new SasVerdict.Invalid("the expiry is no number of seconds");
        }

        if (!IsSignedFor(audience, expiry, WebUtility.UrlDecode(signature), identity))
        {
            return new SasVerdict.Invalid("audience or signature do not fit the identity");
        }

        DateTimeOffset expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return time.GetUtcNow() > expiresAt + Skew
            ? new SasVerdict.Invalid("it has expired")
            : new SasVerdict.Valid(expiresAt);
    }

    private static Dictionary<string, string> ReadFields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in text.Split('&'))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                fields[field[..equals]] = field[(equals + 1)..];
            }
        }

        return fields;
    }

    // A module's token may also be signed with its device's key for the device's audience.
    private bool IsSignedFor(string audience, string expiry, string signature, HubIdentity identity)
    {
        if (!registry.TryFind(identity, out RegisteredIdentity? registered))
        {
            return false;
        }

        byte[] signed = Encoding.UTF8.GetBytes($"{audience}\n{expiry}");
        return (IsAudience(audience, identity) && IsSignedBy(registered, signed, signature))
            || (identity.IsModule
                && HubIdentity.Device(identity.DeviceId) is var device
                && registry.TryFind(device, out RegisteredIdentity? parent)
                && IsAudience(audience, device)
                && IsSignedBy(parent, signed, signature));
    }

    private bool IsAudience(string audience, HubIdentity identity)
    {
        string path = identity.IsModule
            ? $"/devices/{WebUtility.UrlEncode(identity.DeviceId)}/modules/{WebUtility.UrlEncode(identity.ModuleId)}"
            : $"/devices/{WebUtility.UrlEncode(identity.DeviceId)}";
        string decoded = WebUtility.UrlDecode(audience);
        return hostNames.Any(host => string.Equals(decoded, host + path, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSignedBy(RegisteredIdentity registered, byte[] signed, string signature)
    {
        byte[] given = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, given, out int length)
            && length == given.Length
            && (CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(registered.PrimaryKey.Span, signed))
                || CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(registered.SecondaryKey.Span, signed)));
    }
}
