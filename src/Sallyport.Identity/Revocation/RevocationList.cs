using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Identity.Revocation;

/// <summary>A certificate revocation list as somebody sent it (RFC 5280, section 5): read, and not believed until <see cref="RevocationStore"/> verified it.</summary>
public sealed class RevocationList
{
    /// <summary>The largest list that is read.</summary>
    public const int MaxSizeInBytes = 10 * 1024 * 1024;

    private readonly IReadOnlyDictionary<string, RevokedEntry> _entries;

    internal RevocationList(IReadOnlyDictionary<string, RevokedEntry> entries) => _entries = entries;

    /// <summary>The whole list, DER.</summary>
    public required ReadOnlyMemory<byte> RawData { get; init; }

    /// <summary>The CRL number: rises with each list of an authority.</summary>
    public required BigInteger Number { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When the next one is due at the latest.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>How many certificates are on it.</summary>
    public int Count => _entries.Count;

    /// <summary>The part that is signed.</summary>
    internal ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>The issuer's name, DER.</summary>
    internal ReadOnlyMemory<byte> IssuerName { get; init; }

    /// <summary>The identifier of the key that signed; empty if the list does not say.</summary>
    internal ReadOnlyMemory<byte> KeyIdentifier { get; init; }

    /// <summary>The signature algorithm.</summary>
    internal string Algorithm { get; init; } = "";

    /// <summary>The signature.</summary>
    internal ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Reads a list: DER, or PEM with the label <c>X509 CRL</c>. Only whole lists are read: no delta, no indirect, no partial ones.</summary>
    /// <param name="data">At most 10 MiB.</param>
    /// <param name="list">The list, or null.</param>
    /// <param name="reason">Empty, or one sentence that says what is wrong.</param>
    public static bool TryRead(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out RevocationList? list, out string reason)
    {
        list = null;
        if (data.Length > MaxSizeInBytes)
        {
            reason = "It is larger than 10 MiB.";
            return false;
        }

        if (data.Span.StartsWith("-----"u8))
        {
            string text = Encoding.ASCII.GetString(data.Span);
            if (!PemEncoding.TryFind(text, out PemFields fields) || !text.AsSpan()[fields.Label].SequenceEqual("X509 CRL"))
            {
                reason = "It is PEM, and not labelled X509 CRL.";
                return false;
            }

            data = Convert.FromBase64String(text[fields.Base64Data]);
        }

        return RevocationListReader.TryRead(data, out list, out reason);
    }

    /// <summary>The entry of a certificate, or null.</summary>
    internal RevokedEntry? Find(ReadOnlySpan<byte> serialNumber) => _entries.TryGetValue(KeyOf(serialNumber), out RevokedEntry entry) ? entry : null;

    /// <summary>A serial number without the zeros in front, of which some write one more than others.</summary>
    internal static string KeyOf(ReadOnlySpan<byte> serialNumber) => Convert.ToHexString(serialNumber.TrimStart((byte)0));
}
