using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.BatchVerification;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The device signs a page now and then.</summary>
public sealed class CheckpointerTests : IDisposable
{
    private readonly TestSigner _signer = new();
    private readonly Bench _bench;

    public CheckpointerTests() => _bench = new Bench(signer: _signer);

    public void Dispose()
    {
        _bench.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public async Task The_first_page_is_signed_and_then_one_in_256()
    {
        using MetricCollector<long> signed = _bench.Collect<long>("sallyport.buffer.checkpoints");
        for (var pages = 0; pages < 520; pages += 40)
        {
            _bench.AppendPages(40);
            await _bench.DeliverAsync(most: 400);
        }

        Assert.Equal(["1", "257", "513"], Signed().Select(message => message.Properties["sp-page"]));
        Assert.Equal(3, signed.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
    }

    [Fact]
    public async Task A_page_after_a_quarter_of_an_hour_is_signed()
    {
        await DeliverOneAsync();
        await DeliverOneAsync();
        _bench.Clock.Advance(Checkpointer.MostTime);
        await DeliverOneAsync();
        Assert.Equal(["1", "3"], Signed().Select(message => message.Properties["sp-page"]));
    }

    [Fact]
    public async Task What_the_device_signed_is_what_the_verifier_checks()
    {
        await DeliverOneAsync();
        Assert.True(CheckpointMark.TryRead(Signed().Single().Properties[MessageProperties.Checkpoint], out CheckpointMark? mark));
        Assert.True(BatchProperties.TryRead(Signed().Single().Properties, Signed().Single().Body, out SealedBatch? batch, out _));
        Assert.Equal(_bench.Moments.Now.Wall.Date, DateTimeOffset.FromUnixTimeMilliseconds(mark!.SignedWallMs).Date);
        Assert.True(new SealedRing.Format.Checkpoint(batch!.Fields, batch.Mac, mark.SignedWallMs).IsSignedBy(_signer.Key, mark.Signature.AsSpan()));
    }

    [Fact]
    public async Task A_page_that_is_sent_again_is_the_same_message()
    {
        _bench.AppendPages(2);
        _bench.EdgeHub.NextOutcomes.Enqueue(new SendOutcome.NotConnected());
        await _bench.DeliverAsync();
        HubMessage[] first = [.. _bench.EdgeHub.Given.Where(message => message.Properties["sp-page"] is "1")];
        Assert.All(first, message => Assert.Equal(first[0].Properties, message.Properties));
        Assert.Equal(["1"], Signed().Select(message => message.Properties["sp-page"]));
    }

    [Fact]
    public async Task A_device_that_does_not_sign_stops_nothing_is_counted_and_told_once_and_signs_later()
    {
        using MetricCollector<long> failed = _bench.Collect<long>("sallyport.buffer.checkpoint_failures");
        _signer.IsAway = true;
        await DeliverOneAsync();
        await DeliverOneAsync();
        _signer.IsAway = false;
        await DeliverOneAsync();
        Assert.Equal(3, _bench.EdgeHub.Cloud.Count);
        Assert.Equal(["3"], Signed().Select(message => message.Properties["sp-page"]));
        Assert.Equal(2, failed.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal(2103, Assert.Single(_bench.CheckpointerLog.Collector.GetSnapshot()).Id.Id);
    }

    [Fact]
    public async Task Without_a_device_key_no_page_is_signed()
    {
        using var bench = new Bench();
        bench.AppendPages(1);
        await bench.DeliverAsync();
        Assert.DoesNotContain(MessageProperties.Checkpoint, Assert.Single(bench.EdgeHub.Cloud).Properties.Keys);
    }

    private HubMessage[] Signed() => [.. _bench.EdgeHub.Cloud.Where(message => message.Properties.ContainsKey(MessageProperties.Checkpoint))];

    private async Task DeliverOneAsync()
    {
        _bench.AppendPages(1);
        await _bench.DeliverAsync();
    }
}
