using System.Text;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Keys;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

public sealed class AnnouncementJsonTests
{
    [Fact]
    public void An_announcement_is_as_its_schema_says()
    {
        var announcement = new Announcement(
            UInt128.Parse("0f0e0d0c0b0a09080706050403020100", System.Globalization.NumberStyles.HexNumber, null),
            FirstEpoch: 7,
            new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            [.. Enumerable.Repeat((byte)0xab, 32)],
            [.. new byte[384]]);

        ReadOnlyMemory<byte> body = AnnouncementJson.Write(announcement, 1, "edge-1", "SecureBuffer", signer: null);

        Assert.Empty(MessageSchema.Faults(AnnouncementJson.Schema, body));
        Assert.StartsWith(
            """{"schema":"sallyport.announce/1","buffer":"00000000000000000000000000000001","deviceId":"edge-1","moduleId":"SecureBuffer","kid":"0f0e0d0c0b0a09080706050403020100","firstEpoch":"7","created":"2026-11-26T12:00:00Z","alg":"RSA-OAEP-256","recipient":"abab""",
            Encoding.UTF8.GetString(body.Span),
            StringComparison.Ordinal);
        Assert.EndsWith(""","checkpoints":"none"}""", Encoding.UTF8.GetString(body.Span), StringComparison.Ordinal);

        using var signer = new TestSigner();
        ReadOnlyMemory<byte> signed = AnnouncementJson.Write(announcement, 1, "edge-1", "SecureBuffer", signer);
        Assert.Empty(MessageSchema.Faults(AnnouncementJson.Schema, signed));
        Assert.Contains($$""","checkpoints":"file","checkpointKey":"{{Convert.ToBase64String(signer.PublicKey.Span)}}"}""", Encoding.UTF8.GetString(signed.Span), StringComparison.Ordinal);
    }
}
