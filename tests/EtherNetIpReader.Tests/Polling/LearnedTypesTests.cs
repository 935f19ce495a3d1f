using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.EtherNetIp.Types;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Tests.Polling;

/// <summary>What consumers are told of types and of identities.</summary>
public sealed class LearnedTypesTests
{
    private const int TestLimit = 30_000;
    private const string Untyped = """ "a":{"group":"fast","tag":"A"},"b":{"group":"fast","tag":"B.3","type":"DINT"} """;

    [Fact(Timeout = TestLimit)]
    public async Task A_type_that_the_controller_says_is_in_the_metadata_from_then_on()
    {
        await using ReaderBench bench = PollingTests.Running(Untyped, NothingIdentified);
        await bench.NextFrameAsync();
        await bench.UntilAsync(() => bench.Outboxes.Status.Count == 3);

        // The reply had no type for a yet.
        Assert.Equal(
            ["starting", "degraded a: no such tag", "metadata a:unknown b:BOOL"],
            [await bench.NextStatusAsync(), await bench.NextStatusAsync(), await bench.NextStatusAsync()]);

        using MetricCollector<long> learned = bench.Collect("sallyport.ethernet_ip.learned_types");
        bench.Controller().Set("A", CipDataType.Real, PointValue.FromSingle(1));
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.NextFrameAsync();
        Assert.Equal(["online", "metadata a:REAL b:BOOL"], [await bench.NextStatusAsync(), await bench.NextStatusAsync()]);
        Assert.Equal(1, learned.GetMeasurementSnapshot().EvaluateAsCounter());

        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.NextFrameAsync();
        Assert.Equal(0, bench.Outboxes.Status.Count);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Who_the_controller_is_stands_in_the_metadata()
    {
        await using ReaderBench bench = PollingTests.Running(""" "b":{"group":"fast","tag":"B","type":"DINT"} """, controller =>
            controller.Set("B", CipDataType.Dint, PointValue.FromInt64(1)));
        await bench.NextFrameAsync();
        await bench.UntilAsync(() => bench.Controllers.IdentityOf(bench.Controller().Plan) is not null);
        await bench.UntilAsync(() => bench.Outboxes.Status.Count == 3);
        Assert.Equal(
            ["starting", "online", "metadata b:DINT of Rockwell Automation/94/33.11/1769-L33ER/A LOGIX5333ER"],
            [await bench.NextStatusAsync(), await bench.NextStatusAsync(), await bench.NextStatusAsync()]);
    }

    private static void NothingIdentified(ScriptedController controller)
    {
        controller.Set("B.3", CipDataType.Dint, PointValue.FromBoolean(true));
        controller.SaysWhoItIs = false;
    }
}
