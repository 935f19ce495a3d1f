using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

/// <summary>Metadata in an outbox that has room for three messages.</summary>
public sealed class OutboxMetadataTests : IDisposable
{
    private const int Capacity = 3;

    private readonly TestMeters _meters = new();
    private readonly MetricCollector<long> _dropped;
    private readonly MetricCollector<long> _depth;
    private readonly Outbox _outbox;

    public OutboxMetadataTests()
    {
        _dropped = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.dropped");
        _depth = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.depth");
        _outbox = new Outbox("telemetry", Capacity * Entries.SizeInBytes, new AcquisitionMetrics(_meters));
    }

    public void Dispose()
    {
        _dropped.Dispose();
        _depth.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Metadata_are_made_when_nothing_else_waits_and_take_no_room()
    {
        var made = new List<string>();
        for (int i = 0; i < 10 * Capacity; i++)
        {
            AddMetadata($"m{i}", "cfg", made);
        }

        _outbox.Add(Entries.Frame("a", 0));
        _outbox.Add(Entries.Frame("a", 1));
        _outbox.Add(Entries.Frame("a", 2));
        Assert.Equal((33, 33L), (_outbox.Count, _depth.GetMeasurementSnapshot().EvaluateAsCounter()));
        Assert.Equal("a-0", await TakeAsync());
        Assert.Equal("a-1", await TakeAsync());
        Assert.Equal("a-2", await TakeAsync());
        Assert.Empty(made);
        Assert.Equal("S:m0:metadata:cfg", await TakeAsync());
        _outbox.Add(Entries.Frame("a", 3));
        Assert.Equal("a-3", await TakeAsync());
        Assert.Equal("S:m1:metadata:cfg", await TakeAsync());
        Assert.Equal(["m0", "m1"], made);
        Assert.Equal((0L, 28L), (_dropped.GetMeasurementSnapshot().EvaluateAsCounter(), _depth.GetMeasurementSnapshot().EvaluateAsCounter()));
    }

    [Fact]
    public async Task Newer_metadata_of_the_same_configuration_take_the_place_of_those_that_wait()
    {
        var made = new List<string>();
        AddMetadata("a", "cfg1", made);
        AddMetadata("b", "cfg1", made);
        AddMetadata("a", "cfg2", made);
        AddMetadata("a", "cfg1", made, remark: " again");
        Assert.Equal("S:a:metadata:cfg1, S:b:metadata:cfg1, S:a:metadata:cfg2", await TakeAllAsync());
        Assert.Equal(["a again", "b", "a"], made);
        Assert.Equal(0, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public void Metadata_beyond_all_measure_are_dropped_and_counted_the_oldest_first()
    {
        var made = new List<string>();
        for (int i = 0; i < DueMetadata.MaxCount + 2; i++)
        {
            AddMetadata($"m{i}", "cfg", made);
        }

        AddMetadata("m5", "cfg", made);
        Assert.Equal((DueMetadata.MaxCount, 2L), (_outbox.Count, _dropped.GetMeasurementSnapshot().EvaluateAsCounter()));
        Assert.True(_outbox.TryTake(out _));
        Assert.Equal("m2", Assert.Single(made));
    }

    [Fact]
    public void Metadata_that_are_never_sent_are_counted_as_lost()
    {
        AddMetadata("a", "cfg", []);
        Assert.Equal(1, _outbox.Abandon(inFlight: 0));
        _outbox.Complete();
        AddMetadata("b", "cfg", []);
        Assert.Equal((2L, 0L), (_dropped.GetMeasurementSnapshot().EvaluateAsCounter(), _depth.GetMeasurementSnapshot().EvaluateAsCounter()));
        Assert.False(_outbox.TryTake(out _));
    }

    private void AddMetadata(string source, string configurationHash, List<string> made, string remark = "") => _outbox.AddMetadata(source, configurationHash, () =>
    {
        made.Add(source + remark);
        return new DeviceMetadata(source, "test", "S", configurationHash, []);
    });

    private async Task<string> TakeAsync() => Entries.NameOf((await _outbox.TakeAsync(TestContext.Current.CancellationToken))!.Message);

    private async Task<string> TakeAllAsync()
    {
        var names = new List<string>();
        while (_outbox.Count > 0)
        {
            names.Add(await TakeAsync());
        }

        return string.Join(", ", names);
    }
}
