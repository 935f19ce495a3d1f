using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Sallyport.TestKit;

namespace Sallyport.Telemetry.Tests;

/// <summary>A batch is its records, byte for byte.</summary>
public sealed class BatchBodyTests
{
    private static readonly Gen<byte[]> Record = Gen.OneOf(
        Any.Frame.Select(FrameJson.Encode),
        Any.Event.Select(SecurityEventJson.Encode),
        Any.Of("{}", "{ \"a\" : [ ] }", "{\"frames\":[{}]}", "{\"a\":\"]}\"}").Select(Encoding.UTF8.GetBytes));

    [Fact]
    public void Joined_records_are_the_body_of_the_architecture_page() =>
        Assert.Equal(
            """{"schema":"sallyport.batch/1","frames":[{"a":1},{"b":2}]}""",
            Encoding.UTF8.GetString(BatchBody.Join([Utf8("""{"a":1}"""), Utf8("""{"b":2}""")])));

    [Fact]
    public void A_body_splits_into_the_very_records_that_were_joined() => Record.Array[1, 8].Sample(records =>
    {
        Assert.All(records, record => Assert.True(BatchBody.IsRecord(record)));
        var body = BatchBody.Join([.. records.Select(record => (ReadOnlyMemory<byte>)record)]);

        Assert.Equal(BatchBody.OverheadInBytes + records.Sum(record => record.Length) + records.Length - 1, body.Length);
        Assert.True(BatchBody.TrySplit(body, out ImmutableArray<ReadOnlyMemory<byte>> split));
        Assert.Equal(records, split.Select(record => record.ToArray()));
    });

    [Theory]
    [InlineData("")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[{"a":1} ,{"b":2}]}""")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[1]}""")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[{},]}""")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[{}],"more":[{}]}""")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[[{}]]}""")]
    [InlineData("""{"schema":"sallyport.batch/2","frames":[{}]}""")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[{}]}{"schema":"x","frames":[{}]}""")]
    public void Any_other_spelling_is_refused(string body)
    {
        Assert.False(BatchBody.TrySplit(Encoding.UTF8.GetBytes(body), out ImmutableArray<ReadOnlyMemory<byte>> records));
        Assert.Empty(records);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{}{}")]
    [InlineData("{} ")]
    [InlineData("{\"a\":1}],\"x\":[{}")]
    [InlineData("{\"a\":1},{\"b\":2}")]
    [InlineData("{\"a\":}")]
    public void What_would_spoil_its_neighbours_is_no_record(string json) =>
        Assert.False(BatchBody.IsRecord(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_record_larger_than_a_message_is_no_record()
    {
        var largest = HubMessage.MaxSizeInBytes - BatchBody.OverheadInBytes;

        Assert.True(BatchBody.IsRecord(OfSize(largest)));
        Assert.False(BatchBody.IsRecord(OfSize(largest + 1)));
    }

    [Fact]
    public void A_batch_is_judged_with_all_its_records()
    {
        var body = BatchBody.Join([Utf8("""{"schema":"sallyport.gap/1","reason":"evicted","firstSeq":5,"lastSeq":4}""")]);

        Assert.Contains(MessageSchema.Faults(BatchBody.Schema, body), fault => fault.StartsWith("frames[0]: ", StringComparison.Ordinal));
    }

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] OfSize(int size) => Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', size - 8)}\"}}");
}
