using CsCheck;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>The properties of a batch, both ways.</summary>
public sealed class BatchPropertiesTests
{
    private static readonly SealedPage Page = new(
        new BatchFields(
            KeyId: 0x1122, Buffer: UInt128.MaxValue - 1, new Epoch(7, 0xabc, 40), Page: 41, FirstSeq: 1000, Count: 1, Lost: 12, Content: 1, Mark: 3,
            PageTraits.Gap | PageTraits.Recovered | PageTraits.Compressed),
        [.. Enumerable.Repeat((byte)0xaa, 32)],
        [.. Enumerable.Range(0, 32).Select(at => (byte)at)],
        BatchBody.Join(["{}"u8.ToArray()]),
        Gateway.Noon.Wall,
        Gateway.Noon.Wall,
        null);

    public static TheoryData<string, string?> Faults => new()
    {
        { "schema", null }, { "schema", "sallyport.batch/2" }, { "msgType", "Telemetry" }, { "msgType", null }, { "quality", "bad" }, { "quality", "2" },
        { "sp-buffer", "fffffffffffffffffffffffffffffffe" }, { "sp-buffer", "fffffffffffffffffffffffffffffffe-" }, { "sp-buffer", "Ffffffffffffffffffffffffffffffe-bulk" },
        { "sp-buffer", "fffffffffffffffffffffffffffffffe-Bulk" }, { "sp-buffer", "fffffffffffffffffffffffffffffffe-abcdefghijklmnopq" }, { "sp-buffer", null },
        { "sp-epoch", "7" }, { "sp-epoch", "7:00000000000000000000000000000abc" }, { "sp-epoch", "7:00000000000000000000000000000abc:40:1" },
        { "sp-epoch", "07:00000000000000000000000000000abc:40" }, { "sp-epoch", "0:00000000000000000000000000000abc:40" }, { "sp-epoch", "7:abc:40" },
        { "sp-epoch", "7:00000000000000000000000000000abc:42" }, { "sp-page", "39" }, { "sp-page", "+41" }, { "sp-page", "41 " }, { "sp-page", "9223372036854775807" },
        { "sp-page", "99999999999999999999" }, { "sp-seq", "-1" }, { "sp-count", "0" }, { "sp-count", "255001" }, { "sp-lost", "1e3" }, { "sp-lost", null },
        { "sp-mac", null }, { "sp-mac", "" }, { "sp-mac", new string('a', 63) }, { "sp-mac", new string('A', 64) }, { "sp-mac", new string('g', 64) },
        { "sp-prev", new string('a', 66) }, { "sp-kid", new string('a', 31) }, { "sp-kid", null }, { "sp-gap", "false" }, { "sp-recovered", "True" }, { "sp-recovered", "" },
    };

    [Fact]
    public void A_page_becomes_a_message_with_these_properties()
    {
        HubMessage message = BatchProperties.Message(Page, "alerts", "SecureBuffer", isReplay: true);
        Assert.Equal("fffffffffffffffffffffffffffffffe-alerts-41", message.MessageId);
        Assert.Equal(
            [
                "msgType=telemetry",
                "quality=Bad",
                "replay=true",
                "schema=sallyport.batch/1",
                "source=SecureBuffer",
                "sp-buffer=fffffffffffffffffffffffffffffffe-alerts",
                "sp-count=1",
                "sp-epoch=7:00000000000000000000000000000abc:40",
                "sp-gap=true",
                "sp-kid=00000000000000000000000000001122",
                "sp-lost=12",
                "sp-mac=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "sp-page=41",
                "sp-prev=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "sp-recovered=true",
                "sp-seq=1000",
            ],
            message.Properties.Select(property => $"{property.Key}={property.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_written_is_read_back() => Gen.Select(
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong[1, 1UL << 60], Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40]),
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Int[1, 1000], Gen.Long[0, 1L << 60], Gen.Byte[1, 8], Gen.Byte[0, 3], Gen.Int[0, 3], Gen.Byte.Array[64])).Sample((head, tail) =>
    {
        var fields = new BatchFields(
            new UInt128(head.Item1, head.Item2), new UInt128(head.Item3, head.Item1), new Epoch((long)head.Item4, new UInt128(head.Item2, head.Item3), head.Item5),
            head.Item5 + head.Item6, tail.Item1, tail.Item2, tail.Item3, tail.Item4, tail.Item5, (PageTraits)(tail.Item6 << 1));
        SealedPage page = Page with { Fields = fields, PreviousMac = [.. tail.Item7[..32]], Mac = [.. tail.Item7[32..]] };
        HubMessage message = BatchProperties.Message(page, "bulk", "SecureBuffer", isReplay: false);
        Assert.True(BatchProperties.TryRead(message.Properties, message.Body, out SealedBatch? read, out string fault), fault);
        Assert.Equal(fields, read!.Fields);
        Assert.Equal("bulk", read.Lane);
        Assert.Equal(page.Mac, read.Mac.AsEnumerable());
        Assert.Equal(page.PreviousMac, read.PreviousMac.AsEnumerable());
    });

    [Theory]
    [MemberData(nameof(Faults))]
    public void Any_other_spelling_is_refused_with_the_name_of_the_property(string property, string? value)
    {
        HubMessage message = BatchProperties.Message(Page, "bulk", "SecureBuffer", isReplay: false).With(property, value);
        Assert.False(BatchProperties.TryRead(message.Properties, message.Body, out SealedBatch? batch, out string fault));
        Assert.Null(batch);
        Assert.Contains(property is "sp-epoch" && value is "7:00000000000000000000000000000abc:42" ? "sp-page" : property, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_refused_and_never_throws() => Gen.Select(Gen.Int[0, 15], Gen.String).Sample((at, text) =>
    {
        HubMessage message = BatchProperties.Message(Page, "bulk", "SecureBuffer", isReplay: true);
        string property = message.Properties.Keys.Order(StringComparer.Ordinal).ElementAt(at % message.Properties.Count);
        _ = BatchProperties.TryRead(message.With(property, text).Properties, message.Body, out _, out _);
    });
}
