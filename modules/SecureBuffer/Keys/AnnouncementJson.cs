using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>Writes <c>sallyport.announce/1</c>: docs/formats/announce-1.schema.json.</summary>
internal static class AnnouncementJson
{
    public const string Schema = "sallyport.announce/1";

    /// <summary>The body of the message; the same announcement is the same bytes however often it is sent.</summary>
    public static ReadOnlyMemory<byte> Write(Announcement announcement, UInt128 buffer, string deviceId, string moduleId, ICheckpointSigner? signer)
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteString("schema"u8, Schema);
        writer.WriteString("buffer"u8, Hexadecimal(buffer));
        writer.WriteString("deviceId"u8, deviceId);
        writer.WriteString("moduleId"u8, moduleId);
        writer.WriteString("kid"u8, Hexadecimal(announcement.KeyId));
        writer.WriteString("firstEpoch"u8, announcement.FirstEpoch.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("created"u8, DateTimeOffset.FromUnixTimeMilliseconds(announcement.CreatedWallMs).UtcDateTime);
        writer.WriteString("alg"u8, "RSA-OAEP-256"u8);
        writer.WriteString("recipient"u8, Convert.ToHexStringLower(announcement.Thumbprint.AsSpan()));
        writer.WriteBase64String("wrappedRoot"u8, announcement.WrappedRoot.AsSpan());
        writer.WriteString("checkpoints"u8, signer?.Home ?? "none");
        if (signer is not null)
        {
            writer.WriteBase64String("checkpointKey"u8, signer.PublicKey.Span);
        }

        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenMemory;
    }

    private static string Hexadecimal(UInt128 id) => id.ToString("x32", CultureInfo.InvariantCulture);
}
