using System.Text;
using CsCheck;

namespace Sallyport.Telemetry.Tests;

/// <summary>Readers answer, whatever the bytes are.</summary>
public sealed class HostileBytesTests
{
    private const string Good =
        """{"schema":"sallyport.frame/1","source":"s","protocol":"p","group":"g","frame":"key","session":"x","seq":0,"timestamp":"2026-11-22T10:15:00Z","points":[{"n":"a","v":1}]}""";

    private static readonly Gen<byte[]> Damaged = Gen.Select(
        Gen.OneOf(
            Any.Frame.Select(FrameJson.Encode),
            Any.Event.Select(SecurityEventJson.Encode),
            Any.Status.Select(DeviceStatusJson.Encode),
            Any.Metadata.Select(DeviceMetadataJson.Encode),
            Any.Gap.Select(GapRecordJson.Encode)),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 4],
        Gen.Int[0, 3]).Select(Damage);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 300].Sample(ReadAll, iter: 2000);

    [Fact]
    public void Damaged_messages_never_throw() => Damaged.Sample(ReadAll, iter: 5000);

    [Fact]
    public void Every_beginning_of_a_frame_is_refused()
    {
        var json = Encoding.UTF8.GetBytes(Good);
        Assert.True(FrameReader.TryRead(json, out _));
        for (var length = 0; length < json.Length; length++)
        {
            Assert.False(FrameReader.TryRead(json.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData("\"seq\":0", "\"seq\":-1")]
    [InlineData("\"seq\":0", "\"seq\":0.5")]
    [InlineData("\"seq\":0", "\"seq\":9007199254740993")]
    [InlineData("\"seq\":0", "\"seq\":\"0\"")]
    [InlineData("\"seq\":0", "\"seq\":0,\"seq\":0")]
    [InlineData("\"seq\":0", "\"seq\":0,\"extra\":0")]
    [InlineData("\"seq\":0,", "")]
    [InlineData("\"seq\":0", "\"s\\u0065q\":0,\"seq\":0")]
    [InlineData("frame/1", "frame/2")]
    [InlineData("\"key\"", "\"Key\"")]
    [InlineData("\"key\"", "null")]
    [InlineData("00Z", "00+00:00")]
    [InlineData("00Z", "00.12345678Z")]
    [InlineData("2026-11-22", "2026-13-22")]
    [InlineData("\"source\":\"s\"", "\"source\":\"\"")]
    [InlineData("\"source\":\"s\"", "\"source\":\"\\ud800\"")]
    [InlineData("\"source\":\"s\"", "\"\\ud800\":\"s\"")]
    [InlineData("\"v\":1", "\"v\":null")]
    [InlineData("\"v\":1", "\"v\":1e999")]
    [InlineData("\"v\":1", "\"v\":[1]")]
    [InlineData("\"v\":1", "\"v\":1,\"q\":2148139008")]
    [InlineData("\"v\":1", "\"q\":0,\"qs\":\"Good\",\"x\":\"no\"")]
    [InlineData("\"v\":1", "\"q\":2148139008,\"qs\":\"BadOutOfRange\",\"x\":\"no\"")]
    [InlineData("\"v\":1", "\"q\":4294967296,\"qs\":\"BadTimeout\",\"x\":\"no\"")]
    [InlineData("\"v\":1", "\"q\":2148139008,\"qs\":\"BadTimeout\"")]
    [InlineData("\"v\":1", "\"q\":2148139008,\"qs\":\"BadTimeout\",\"x\":\"no\",\"lv\":1")]
    [InlineData("\"v\":1", "\"q\":2148139008,\"qs\":\"BadTimeout\",\"x\":\"no\",\"lt\":\"2026-11-22T10:15:00Z\"")]
    [InlineData("[{\"n\":\"a\",\"v\":1}]", "[null]")]
    [InlineData("[{\"n\":\"a\",\"v\":1}]", "{}")]
    [InlineData("}]}", "}]} {}")]
    public void A_frame_with_one_fault_is_refused(string part, string instead)
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);
        Assert.False(FrameReader.TryRead(Encoding.UTF8.GetBytes(Good.Replace(part, instead, StringComparison.Ordinal)), out _));
    }

    [Fact]
    public void Deep_nesting_and_bytes_that_are_not_UTF_8_are_refused()
    {
        var deep = Encoding.UTF8.GetBytes(new string('[', 100_000));
        ReadAll(deep);
        var wrong = Encoding.UTF8.GetBytes(Good);
        wrong[Good.IndexOf("\"s\"", StringComparison.Ordinal) + 1] = 0xFF;
        Assert.False(FrameReader.TryRead(wrong, out _));
    }

    [Theory]
    [InlineData("posture", "")]
    [InlineData("posture", ",\"result\":\"Pass\"")]
    [InlineData("posture", ",\"checkId\":\"C1\"")]
    [InlineData("audit", ",\"checkId\":\"C1\",\"result\":\"Pass\"")]
    [InlineData("audit", ",\"evidence\":{\"a\":1}")]
    [InlineData("audit", ",\"destinationPort\":65536")]
    public void An_event_whose_members_do_not_fit_its_kind_is_refused(string kind, string members)
    {
        var json = $$"""{"schema":"sallyport.event/1","eventId":"e","kind":"{{kind}}","timeGenerated":"2026-11-22T10:15:00Z","moduleId":"m","eventType":"t","severity":"Low"{{members}}}""";

        Assert.False(SecurityEventJson.TryRead(Encoding.UTF8.GetBytes(json), out _));
    }

    [Theory]
    [InlineData(5, 4, 1)]
    [InlineData(5, 5, 2)]
    public void A_gap_whose_numbers_do_not_fit_is_refused(long first, long last, long count)
    {
        var json = $$"""{"schema":"sallyport.gap/1","reason":"evicted","firstSeq":{{first}},"lastSeq":{{last}},"count":{{count}}}""";

        Assert.False(GapRecordJson.TryRead(Encoding.UTF8.GetBytes(json), out _));
    }

    private static void ReadAll(byte[] json)
    {
        FrameReader.TryRead(json, out _);
        SecurityEventJson.TryRead(json, out _);
        DeviceStatusJson.TryRead(json, out _);
        DeviceMetadataJson.TryRead(json, out _);
        GapRecordJson.TryRead(json, out _);
        BatchBody.TrySplit(json, out _);
        BatchBody.IsRecord(json);
    }

    private static byte[] Damage(byte[] json, (int At, byte With)[] changes, int how)
    {
        List<byte> damaged = [.. json];
        foreach ((var at, var with) in changes)
        {
            var place = at % damaged.Count;
            switch (how)
            {
                case 0:
                    damaged[place] = with;
                    break;
                case 1:
                    damaged.Insert(place, with);
                    break;
                case 2 when damaged.Count > 1:
                    damaged.RemoveAt(place);
                    break;
                default:
                    damaged[place] = "{}[]\",:\\0-.etn"u8[with % 14];
                    break;
            }
        }

        return [.. damaged];
    }
}
