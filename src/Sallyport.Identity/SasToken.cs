using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Sallyport.Identity;

/// <summary>A shared access signature as somebody else made it. Holds the signature, and never shows it.</summary>
public sealed class SasToken
{
    private const string Scheme = "SharedAccessSignature ";
    private const int MaxLength = 4096;

    // The last second that DateTimeOffset can hold, 9999-12-31T23:59:59Z.
    private const long LastUnixSecond = 253_402_300_799;

    private readonly byte[] _signature;

    private SasToken(string audience, DateTimeOffset expiresAt, string? keyName, byte[] signature)
    {
        Audience = audience;
        ExpiresAt = expiresAt;
        KeyName = keyName;
        _signature = signature;
    }

    /// <summary>The <c>sr</c> field as it stands in the token, still encoded: the signature is over this text.</summary>
    public string Audience { get; }

    /// <summary>The <c>se</c> field; whole seconds, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The <c>skn</c> field: name of a policy key, or null for an identity's own key.</summary>
    public string? KeyName { get; }

    /// <summary>Reads <c>SharedAccessSignature sr=…&amp;sig=…&amp;se=…[&amp;skn=…]</c>, fields in any order, unknown fields skipped.</summary>
    /// <param name="text">At most 4096 characters.</param>
    /// <param name="token">The token, or null.</param>
    /// <param name="reason">Empty, or one sentence that says what is wrong without quoting the token.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SasToken? token, out string reason)
    {
        token = null;
        if (text is null || text.Length > MaxLength || !text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            reason = "It does not start with 'SharedAccessSignature ' or is longer than 4096 characters.";
            return false;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in text[Scheme.Length..].Split('&'))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !fields.TryAdd(field[..equals], field[(equals + 1)..]))
            {
                reason = "A field has no name or no value, or appears twice.";
                return false;
            }
        }

        return TryRead(fields, out token, out reason);
    }

    /// <summary>Says whether <paramref name="key"/> made the signature. The time is not judged.</summary>
    /// <exception cref="ModuleKeyException">The key could not be used.</exception>
    public async Task<bool> IsSignedByAsync(IModuleKey key, CancellationToken cancellationToken)
    {
        byte[] data = SasSignature.BytesToSign(Audience, ExpiresAt.ToUnixTimeSeconds());
        byte[] expected = await key.SignAsync(data, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(expected, _signature);
    }

    /// <summary>Audience and expiry, without the signature.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"SAS token for {Audience} until {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}");

    private static bool TryRead(
        Dictionary<string, string> fields, [NotNullWhen(true)] out SasToken? token, out string reason)
    {
        token = null;
        if (!fields.TryGetValue("sr", out string? audience) || audience.Length == 0)
        {
            reason = "The audience (sr) is missing.";
            return false;
        }

        // Plain digits only: no sign, no white space, no leading zeros, because the signature covers this very text.
        if (!fields.TryGetValue("se", out string? expiry)
            || !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > LastUnixSecond
            || (expiry.Length > 1 && expiry[0] == '0'))
        {
            reason = "The expiry (se) is missing or not a count of seconds since 1970.";
            return false;
        }

        byte[] signature = new byte[SasSignature.SizeInBytes];
        if (!fields.TryGetValue("sig", out string? encoded)
            || !Convert.TryFromBase64String(WebUtility.UrlDecode(encoded), signature, out int written)
            || written != signature.Length)
        {
            reason = "The signature (sig) is missing or not 32 bytes of Base64.";
            return false;
        }

        string? keyName = fields.TryGetValue("skn", out string? name) ? WebUtility.UrlDecode(name) : null;
        token = new SasToken(audience, DateTimeOffset.FromUnixTimeSeconds(seconds), keyName, signature);
        reason = "";
        return true;
    }
}
