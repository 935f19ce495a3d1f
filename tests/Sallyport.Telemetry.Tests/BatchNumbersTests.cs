using System.Text;

namespace Sallyport.Telemetry.Tests;

/// <summary>The numbers that go into seals.</summary>
public sealed class BatchNumbersTests
{
    [Fact]
    public void Every_message_type_has_the_number_that_devices_already_hold() => Assert.Equal(
        ["telemetry 1", "status 2", "metadata 3", "security 4", "posture 5", "audit 6", "diag 7", "metrics 8"],
        MessageType.All.Select(type => $"{type} {BatchNumbers.ContentOf(type)}"));

    [Fact]
    public void Every_quality_has_the_number_that_devices_already_hold_and_worse_is_higher() => Assert.Equal(
        [0, 1, 2, 3], ((Quality?[])[null, Quality.Good, Quality.Uncertain, Quality.Bad]).Select(quality => (int)BatchNumbers.MarkOf(quality)));

    [Fact]
    public void A_number_is_read_back_and_any_other_is_refused()
    {
        for (int number = 0; number <= byte.MaxValue; number++)
        {
            Assert.Equal(number is >= 1 and <= 8, BatchNumbers.TryReadContent((byte)number, out MessageType? type));
            Assert.Equal(number <= 3, BatchNumbers.TryReadMark((byte)number, out Quality? quality));
            Assert.True(type is null || BatchNumbers.ContentOf(type) == number);
            Assert.True(number > 3 || BatchNumbers.MarkOf(quality) == number);
        }
    }

    [Theory]
    [InlineData("""{"schema":"sallyport.gap/1","reason":"unclean","firstSeq":3,"lastSeq":9,"count":0}""", true)]
    [InlineData("""{"schema":"sallyport.gap/1","reason":"unreadable","firstSeq":3,"lastSeq":9,"count":7}""", true)]
    [InlineData("""{"schema":"sallyport.gap/1","reason":"key-lost","firstSeq":3,"lastSeq":9,"count":8}""", false)]
    [InlineData("""{"schema":"sallyport.gap/1","reason":"evicted","firstSeq":3,"lastSeq":9,"count":0}""", true)]
    [InlineData("""{"schema":"sallyport.gap/1","reason":"outbox-full","firstSeq":3,"lastSeq":9,"count":0}""", false)]
    [InlineData("""{"schema":"sallyport.gap/1","reason":"evicted","session":"01JD3S0A1B2C3D4E5F6G7H8J9K","source":"a","group":"b","firstSeq":3,"lastSeq":9,"count":0}""", false)]
    public void Only_the_ring_may_tell_of_numbers_without_counting_a_loss(string json, bool isGood) =>
        Assert.Equal(isGood, GapRecordJson.TryRead(Encoding.UTF8.GetBytes(json), out _));
}
