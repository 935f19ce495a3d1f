using CsCheck;

namespace Sallyport.Telemetry.Tests;

/// <summary>Ids that sort by time.</summary>
public sealed class SessionIdTests
{
    [Fact]
    public void The_example_of_the_ULID_specification_comes_out()
    {
        var random = Convert.FromHexString("D6764C61EFB99302BD5B");

        Assert.Equal(
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            SessionId.New(new StoppedClock(DateTimeOffset.FromUnixTimeMilliseconds(1_469_922_850_259)), random.CopyTo));
    }

    [Fact]
    public void The_extremes_are_all_zeros_and_all_ones()
    {
        Assert.Equal(new string('0', 26), SessionId.New(new StoppedClock(DateTimeOffset.UnixEpoch), bytes => bytes.Clear()));
        Assert.EndsWith(new string('Z', 16), SessionId.New(new StoppedClock(DateTimeOffset.UnixEpoch), bytes => bytes.Fill(0xFF)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_id_sorts_after_an_earlier_one() => Gen.Select(Any.Instant, Gen.Long[1, 1L << 40], Gen.Byte.Array[10], Gen.Byte.Array[10])
        .Sample((at, later, first, second) => Assert.True(string.CompareOrdinal(
            SessionId.New(new StoppedClock(at), first.CopyTo),
            SessionId.New(new StoppedClock(at.AddMilliseconds(later)), second.CopyTo)) < 0));
}
