using CsCheck;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The whole way against everything that edgeHub does to messages: at the end each record is in the cloud or covered by a gap record.</summary>
public sealed class DeliveryModelTests
{
    private static readonly BufferPlan Plan = BufferPlan.Default with { SizeInBytes = 262_144, AlertsSizeInBytes = 262_144, PageInBytes = 10_240 };

    private static readonly Gen<Action<Bench>> AnyTrouble = Gen.OneOf<Action<Bench>>(
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.IsUplinkOpen = !bench.EdgeHub.IsUplinkOpen),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.AreMetricsServed = !bench.EdgeHub.AreMetricsServed),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.Restart(keepsQueue: true)),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.Restart(keepsQueue: false)),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.DropQueue()),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.Pump()),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.DiscardSilently++),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.NextOutcomes.Enqueue(new SendOutcome.Unacknowledged("timeout"))),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.NextOutcomes.Enqueue(SendOutcome.NotConnected.Instance)),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.ForeignQueue = 1 - bench.EdgeHub.ForeignQueue),
        Gen.Const<Action<Bench>>(bench => bench.EdgeHub.State =
            bench.EdgeHub.State == HubConnectionState.Connected ? HubConnectionState.BackingOff : HubConnectionState.Connected));

    private static readonly Gen<(int Records, int Size, bool IsAlert, int Steps, Action<Bench>? Trouble)> AnyTurn = Gen.Select(
        Gen.Int[0, 6], Gen.Int[40, 6000], Gen.Bool, Gen.Int[0, 12], AnyTrouble.Null(0.6));

    [Fact]
    public async Task Whatever_edgeHub_does_nothing_is_lost_without_a_gap_record() =>
        await AnyTurn.Array[1, 80].SampleAsync(RunAsync, iter: 150, threads: 1);

    private static async Task RunAsync((int Records, int Size, bool IsAlert, int Steps, Action<Bench>? Trouble)[] turns)
    {
        using var bench = new Bench(Plan);
        var put = new Dictionary<Lane, int> { [bench.Lanes.Alerts] = 0, [bench.Lanes.Bulk] = 0 };
        foreach ((var records, var size, var isAlert, var steps, Action<Bench>? trouble) in turns)
        {
            Lane lane = isAlert ? bench.Lanes.Alerts : bench.Lanes.Bulk;
            for (var at = 0; at < records; at++)
            {
                bench.Lanes.Append(Bench.Record(put[lane]++, isAlert ? MessageType.Security : MessageType.Telemetry, size));
            }

            trouble?.Invoke(bench);
            await bench.DeliverAsync(steps);
        }

        Heal(bench.EdgeHub);
        bench.Lanes.Seal();
        await bench.DeliverAsync(most: 2000);

        Assert.Equal(0, bench.Lanes.Depth);
        Assert.True(bench.Courier.IsIdle);
        Judge(bench, bench.Lanes.Alerts, put[bench.Lanes.Alerts]);
        Judge(bench, bench.Lanes.Bulk, put[bench.Lanes.Bulk]);
    }

    private static void Heal(FakeEdgeHub edgeHub)
    {
        edgeHub.IsUplinkOpen = true;
        edgeHub.AreMetricsServed = true;
        edgeHub.ForeignQueue = 0;
        edgeHub.State = HubConnectionState.Connected;
        edgeHub.NextOutcomes.Clear();
        edgeHub.Pump();
    }

    private static void Judge(Bench bench, Lane lane, int put)
    {
        var arrivals = new Arrivals(bench.EdgeHub.Cloud.Where(message => string.Equals(
            message.Properties[MessageProperties.Buffer], lane.Identity!.Buffer, StringComparison.Ordinal)));

        // Every number below the next one is a record that arrived, a gap record that arrived, or lies in a gap.
        for (long seq = 0; seq < lane.Status(bench.Moments.Now).NextSeq; seq++)
        {
            Assert.True(
                arrivals.Records.ContainsKey(seq) || arrivals.Gaps.ContainsKey(seq)
                || arrivals.Gaps.Values.Any(gap => gap.FirstSeq <= seq && seq <= gap.LastSeq),
                $"Number {seq} of {lane.Name} is missing.");
        }

        // Records come in the order in which they were put in, each once.
        Assert.Equal(arrivals.Records.Values.Order().Distinct(), arrivals.Records.Values);
        var lost = arrivals.Gaps.Values.Sum(gap => gap.Count);
        Assert.InRange(arrivals.Records.Count, put - lost, put);
        Assert.Equal(lost, arrivals.Pages.Values.Select(page => page.Lost).DefaultIfEmpty(0).Max());
    }
}
