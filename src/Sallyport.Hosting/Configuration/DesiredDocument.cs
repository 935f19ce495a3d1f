using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Hosting.Configuration;

/// <summary>A complete desired document that is JSON and not too large; nothing else is known of it yet.</summary>
public sealed class DesiredDocument
{
    /// <summary>The limit of IoT Hub for the desired properties of a twin, in bytes.</summary>
    public const int MaxSizeInBytes = 32 * 1024;

    private const int HashSizeInBytes = 8;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private DesiredDocument(JsonElement root, ReadOnlyMemory<byte> canonical)
    {
        Root = root;
        Canonical = canonical;
        Hash = Convert.ToHexStringLower(SHA256.HashData(canonical.Span).AsSpan(0, HashSizeInBytes));
    }

    /// <summary>What the user wrote.</summary>
    public JsonElement Root { get; }

    /// <summary>The same with sorted names and without white space; UTF-8.</summary>
    public ReadOnlyMemory<byte> Canonical { get; }

    /// <summary>First 16 hexadecimal digits of the SHA-256 of <see cref="Canonical"/>: the <c>cfg</c> property.</summary>
    public string Hash { get; }

    /// <summary>Reads UTF-8 JSON, with or without byte order mark.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out DesiredDocument? document, [NotNullWhen(false)] out PlanFault? fault)
    {
        (document, fault) = (null, null);
        try
        {
            ReadOnlyMemory<byte> text = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
            using var parsed = JsonDocument.Parse(text);
            byte[] canonical = CanonicalJson.Write(parsed.RootElement);
            if (canonical.Length > MaxSizeInBytes)
            {
                fault = new PlanFault("", string.Create(
                    CultureInfo.InvariantCulture,
                    $"The document has {canonical.Length} bytes; at most {MaxSizeInBytes} are possible."));
                return false;
            }

            document = new DesiredDocument(parsed.RootElement.Clone(), canonical);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name with half a surrogate pair, which is JSON and yet no text.
            fault = new PlanFault("", $"It is not JSON: {e.Message}");
            return false;
        }
    }

    /// <summary>The bytes of a document that came from the twin.</summary>
    public static ReadOnlyMemory<byte> BytesOf(JsonObject document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            document.WriteTo(json);
        }

        return buffer.WrittenMemory;
    }
}
