using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Ctl.Pki;

/// <summary>What an authority remembers: <c>authority.json</c> in its folder.</summary>
/// <param name="Profile">Of its own certificate: <c>root</c>, <c>issuing</c> or <c>edge-ca</c>.</param>
/// <param name="RevocationList">Where its list is served; null for nowhere.</param>
/// <param name="RevocationListNumber">Of the last list that it signed.</param>
/// <param name="Certificates">All that it signed, the oldest first.</param>
internal sealed record AuthorityRecord(string Profile, Uri? RevocationList, long RevocationListNumber, IReadOnlyList<RegisteredCertificate> Certificates)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="WrongUsageException">It is not one of ours.</exception>
    public static AuthorityRecord Read(string path, ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuthorityRecord>(text, Options) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new WrongUsageException($"{path}: it is no register of an authority. Restore it from a backup: it says what was signed and revoked.");
        }
    }

    /// <summary>The file's text.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);
}
