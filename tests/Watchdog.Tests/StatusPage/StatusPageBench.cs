using System.Net;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting;
using Sallyport.TestKit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog.Tests.StatusPage;

/// <summary>The page on a free port of this machine, with a picture that the test paints.</summary>
internal sealed class StatusPageBench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CurrentPlan<WatchdogPlan> _plans = new();
    private readonly Lock _lock = new();
    private readonly List<IPEndPoint> _places = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    public StatusPageBench(TimeProvider time)
    {
        var answers = new StatusAnswers(Board, new ModuleIdentity("gateway-7", "Watchdog", "hub.example", "run-1"), time);
        var loop = new StatusPageLoop(_plans, answers, new StatusPageMetrics(Meters), time, new FakeLogger<StatusPageLoop>(Log)) { OnListening = OnListening };
        _running = loop.RunAsync(_stop.Token);
    }

    public StatusBoard Board { get; } = new();

    public TestMeters Meters { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public void Order(StatusPagePlan plan) => _plans.Replace(new CurrentPlan<WatchdogPlan>.Edition(
        new WatchdogPlan { Delivery = DeliveryPlan.Default, Annunciator = AnnunciatorPlan.Default, StatusPage = plan, Posture = PosturePlan.Default },
        Version: 1,
        ConfigurationHash: "0011223344556677"));

    /// <summary>Where it listens after it began for the n-th time.</summary>
    public async Task<Uri> PlaceAsync(int times = 1)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_places.Count >= times)
                {
                    return new UriBuilder(Uri.UriSchemeHttp, _places[times - 1].Address.ToString(), _places[times - 1].Port).Uri;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.False(_running.IsFaulted, _running.Exception?.ToString());
        _stop.Dispose();
        Meters.Dispose();
    }

    private void OnListening(IPEndPoint place)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            _places.Add(place);
            (moved, _moved) = (_moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        moved.SetResult();
    }
}
