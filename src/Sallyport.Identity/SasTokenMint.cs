using System.Globalization;
using System.Net;

namespace Sallyport.Identity;

/// <summary>Makes SAS tokens for one audience with one key.</summary>
/// <param name="key">The identity's key.</param>
/// <param name="audience">From <see cref="SasAudience"/>.</param>
/// <param name="time">Gives the time of issue.</param>
public sealed class SasTokenMint(IModuleKey key, string audience, TimeProvider time)
{
    /// <summary>The longest life that is minted. A stolen token is good for this long.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(48);

    /// <summary>Makes a token.</summary>
    /// <param name="life">One second to 48 h; the end is rounded down to a whole second.</param>
    /// <param name="cancellationToken">Gives up waiting for the key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The life is shorter or longer than that.</exception>
    /// <exception cref="ModuleKeyException">The key could not be used.</exception>
    public async Task<MintedToken> MintAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(life, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(life, LongestLife);
        DateTimeOffset issuedAt = time.GetUtcNow();
        long expiry = (issuedAt + life).ToUnixTimeSeconds();
        byte[] signature = await key.SignAsync(SasSignature.BytesToSign(audience, expiry), cancellationToken);
        if (signature.Length != SasSignature.SizeInBytes)
        {
            throw new ModuleKeyException($"The key signed with {signature.Length} bytes, not {SasSignature.SizeInBytes}.");
        }

        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"SharedAccessSignature sr={audience}&sig={WebUtility.UrlEncode(Convert.ToBase64String(signature))}&se={expiry}");
        return new MintedToken(text, audience, issuedAt, DateTimeOffset.FromUnixTimeSeconds(expiry));
    }
}
