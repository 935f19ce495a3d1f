using Sallyport.Simulator.Check;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Tests.Check;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Tests.Cloud;

public sealed class InterloperTests
{
    private readonly Interloper _interloper = new();

    [Fact]
    public void Without_an_order_everything_passes_as_it_is()
    {
        CloudMessage message = Batch(0);
        Assert.Same(message, Assert.Single(_interloper.Pass(message)));
        Assert.Empty(_interloper.Done);
    }

    [Fact]
    public void The_first_batch_of_a_ring_is_left_alone_and_the_order_stands()
    {
        _interloper.Order(new Fault.DropBatch());
        Assert.Single(_interloper.Pass(Batch(0)));
        Assert.Equal(1, _interloper.Waiting);
        Assert.Empty(_interloper.Pass(Batch(1)));
        Assert.Equal(0, _interloper.Waiting);
        Assert.Equal(new NamedPages(PageFault.Missing, Pages.Buffer, 1, 1, 1, 1), Assert.Single(_interloper.Done).Pages);
    }

    [Fact]
    public void What_is_no_batch_with_values_passes_and_the_order_stands()
    {
        _interloper.Pass(Batch(0));
        _interloper.Order(new Fault.ForgeBatch());
        Assert.Single(_interloper.Pass(Of(Pages.Of(1, 1, 0, Pages.ReaderGap(0, 0, 1)))));
        Assert.Equal(1, _interloper.Waiting);
    }

    [Fact]
    public void What_was_taken_away_is_taken_away_again_when_it_is_sent_again()
    {
        _interloper.Pass(Batch(0));
        _interloper.Order(new Fault.DropBatch());
        Assert.Empty(_interloper.Pass(Batch(1)));
        Assert.Empty(_interloper.Pass(Batch(1)));
        Assert.Single(_interloper.Done);
    }

    [Fact]
    public void A_forgery_changes_one_digit_of_a_value_or_one_number_and_comes_before_the_genuine_batch()
    {
        _interloper.Pass(Batch(0));
        _interloper.Order(new Fault.ForgeBatch());
        CloudMessage genuine = Batch(1);
        IReadOnlyList<CloudMessage> passed = _interloper.Pass(genuine);
        Assert.Equal(3, passed.Count);
        Assert.Same(genuine, passed[2]);
        Assert.All(passed, message => Assert.Equal(genuine.Message.MessageId, message.Message.MessageId));

        byte[] value = passed[0].Message.Body.ToArray();
        Assert.Single(value.Zip(genuine.Message.Body.ToArray()), pair => pair.First != pair.Second);
        Assert.True(BatchBody.TrySplit(value, out var records) && FrameReader.TryRead(records[0].Span, out var frame) && frame.Points[0].Value!.Value.AsInt64() == 103);
        Assert.Equal(genuine.Message.Properties, passed[0].Message.Properties);
        Assert.Equal(("2", "1"), (passed[1].Message.Properties[MessageProperties.Sequence], genuine.Message.Properties[MessageProperties.Sequence]));
        Assert.True(passed[1].Message.Body.Span.SequenceEqual(genuine.Message.Body.Span));
    }

    [Fact]
    public void A_replay_comes_after_a_later_batch_as_it_was_and_under_another_message_id()
    {
        CloudMessage first = Batch(0);
        _interloper.Pass(first);
        _interloper.Order(new Fault.ReplayBatch());
        IReadOnlyList<CloudMessage> passed = _interloper.Pass(Batch(1));
        Assert.Equal(3, passed.Count);
        Assert.Equal(first.Message, passed[1].Message);
        Assert.Equal(first.Message with { MessageId = first.Message.MessageId + "-again" }, passed[2].Message);
        Assert.Equal([true, false], _interloper.Done.Select(injection => injection.IsCopy));
    }

    private static CloudMessage Batch(long number) => Of(Pages.Of(number, number, 0, Pages.Frame(number, (uint)(101 + number))));

    private static CloudMessage Of(Arrival arrival) => new(0, arrival.At, "edge-1", "SecureBuffer", arrival.Message);
}
