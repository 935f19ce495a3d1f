using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Annunciator;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Annunciator;

public sealed class AnnunciatorLoopTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Pictures.Now);
    private readonly LedFolder _leds = new();
    private readonly FakeGpioKernel _kernel = new();
    private readonly TestMeters _meters = new();
    private readonly FakeLogCollector _log = new();
    private readonly CurrentPlan<WatchdogPlan> _plans = new();
    private readonly StatusBoard _board = new();
    private readonly AnnunciatorLoop _loop;

    public AnnunciatorLoopTests()
    {
        _leds.Add("red");
        _leds.Add("green");
        _loop = new AnnunciatorLoop(
            _plans, _board, new OutputMaker(_kernel), new AnnunciatorMetrics(_meters), _time, new FakeLogger<AnnunciatorLoop>(_log));
    }

    public void Dispose()
    {
        _leds.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void A_new_alarm_flashes_and_sounds_is_steady_when_somebody_knows_and_dark_when_it_is_over()
    {
        Order(Led("lamp", OutputRole.Alarm, "red"), Buzzer);
        Assert.Equal(("........", "........"), Play(Pictures.Well));
        Assert.Equal(("x.x.x.x.", "x.x....."), Play(Pictures.With(EventSeverity.High)));
        Assert.Equal(("xxxxxxxx", "........"), Play(Pictures.Well with { Alarms = [Pictures.NewAlarm(EventSeverity.High, isAcknowledged: true)] }));
        Assert.Equal(("........", "........"), Play(Pictures.Well));
    }

    [Fact]
    public async Task A_beat_lasts_a_quarter_of_a_second_and_everything_is_dark_after_the_stop()
    {
        Order(Led("lamp", OutputRole.Alarm, "red"), Buzzer);
        _board.Change(_ => Pictures.With(EventSeverity.Low));
        using var stop = new CancellationTokenSource();
        Task running = _loop.RunAsync(stop.Token);
        Assert.Equal("255", _leds.Read("red", "brightness"));
        Assert.False(_kernel.IsHigh[17]);
        _board.Change(_ => Pictures.Well);
        _time.Advance(Pattern.Beat);
        while (_leds.Read("red", "brightness") is not "0")
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(("0", 0), (_leds.Read("red", "brightness"), _kernel.OpenDescriptors));
    }

    [Fact]
    public void A_new_plan_takes_other_outputs_and_leaves_the_old_ones_dark()
    {
        _board.Change(_ => Pictures.With(EventSeverity.Low));
        Order(Led("lamp", OutputRole.Alarm, "red"));
        _loop.Beat();
        Order(Led("lamp", OutputRole.Alarm, "green"));
        _loop.Beat();
        Assert.Equal(("0", "255"), (_leds.Read("red", "brightness"), _leds.Read("green", "brightness")));
    }

    [Fact]
    public void An_output_that_does_not_work_is_told_once_counted_and_tried_every_ten_seconds_while_others_go_on()
    {
        using var faults = new MetricCollector<long>(_meters, "Sallyport.Watchdog", "sallyport.annunciator.faults");
        using var broken = new MetricCollector<long>(_meters, "Sallyport.Watchdog", "sallyport.annunciator.broken_outputs");
        _kernel.Foreign.Add(17);
        Order(Led("lamp", OutputRole.Alarm, "red"), Buzzer);
        _board.Change(_ => Pictures.With(EventSeverity.Low));
        for (var beat = 0; beat < 100; beat++)
        {
            _loop.Beat();
        }

        Assert.Equal("255", _leds.Read("red", "brightness"));
        Assert.Equal((3, 1), (faults.GetMeasurementSnapshot().Sum(one => one.Value), broken.GetMeasurementSnapshot().Sum(one => one.Value)));
        Assert.Equal("buzzer", faults.LastMeasurement!.Tags["output"]);
        FakeLogRecord told = Assert.Single(_log.GetSnapshot());
        Assert.Equal((7200, LogLevel.Error), (told.Id.Id, told.Level));

        _kernel.Foreign.Clear();
        for (var beat = 0; beat < 50; beat++)
        {
            _loop.Beat();
        }

        Assert.Equal((7201, 0), (_log.LatestRecord.Id.Id, broken.GetMeasurementSnapshot().Sum(one => one.Value)));
        Assert.False(_kernel.IsHigh[17]);
    }

    private static OutputPlan Buzzer => new("buzzer", OutputRole.Buzzer, new OutputTarget.Gpio(0, 17, IsActiveLow: false));

    private static OutputPlan Led(string name, OutputRole role, string led) => new(name, role, new OutputTarget.Led(led));

    private void Order(params ImmutableArray<OutputPlan> outputs) => _plans.Replace(new CurrentPlan<WatchdogPlan>.Edition(
        new WatchdogPlan
        {
            Delivery = DeliveryPlan.Default,
            Annunciator = new AnnunciatorPlan { LedFolder = _leds.Path, Outputs = outputs },
            StatusPage = StatusPagePlan.Default,
            Posture = PosturePlan.Default,
        },
        Version: 1,
        ConfigurationHash: "0011223344556677"));

    private (string Lamp, string Buzzer) Play(GatewayStatus status)
    {
        _board.Change(_ => status);
        var lamp = "";
        var buzzer = "";
        for (var beat = 0; beat < 8; beat++)
        {
            _loop.Beat();
            lamp += _leds.Read("red", "brightness") is "0" ? '.' : 'x';
            buzzer += _kernel.IsHigh[17] ? 'x' : '.';
        }

        return (lamp, buzzer);
    }
}
