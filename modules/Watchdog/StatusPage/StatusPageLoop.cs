using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.Hosting.Endpoint;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>Listens where the plan says, moves when it says something else, and tries again each ten seconds where it cannot listen.</summary>
internal sealed partial class StatusPageLoop(
    CurrentPlan<WatchdogPlan> plans, StatusAnswers answers, StatusPageMetrics metrics, TimeProvider time, ILogger<StatusPageLoop> logger)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private bool _isFaulty;

    /// <summary>Hears where it listens, each time that it begins.</summary>
    internal Action<IPEndPoint>? OnListening { get; init; }

    public async Task RunAsync(CancellationToken stop)
    {
        CurrentPlan<WatchdogPlan>.Edition edition = await plans.WaitForNextAsync(known: null, stop);
        while (true)
        {
            using var moves = CancellationTokenSource.CreateLinkedTokenSource(stop);
            StatusPagePlan plan = edition.Plan.StatusPage;
            Task serving = ServeAsync(plan, moves.Token);
            Task<CurrentPlan<WatchdogPlan>.Edition> other = WaitForOtherAsync(edition, moves.Token);
            if (await Task.WhenAny(serving, other) == serving)
            {
                // It ends by the stop, or by a fault of ours.
                await serving;
            }

            edition = await other;
            await moves.CancelAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<CurrentPlan<WatchdogPlan>.Edition> WaitForOtherAsync(CurrentPlan<WatchdogPlan>.Edition edition, CancellationToken stop)
    {
        CurrentPlan<WatchdogPlan>.Edition next = edition;
        while (next.Plan.StatusPage.Equals(edition.Plan.StatusPage))
        {
            next = await plans.WaitForNextAsync(next, stop);
        }

        return next;
    }

    private async Task ServeAsync(StatusPagePlan plan, CancellationToken stop)
    {
        if (!plan.IsEnabled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }

        using Socket listener = await ListenAsync(plan, stop);
        var place = (IPEndPoint)listener.LocalEndPoint!;
        LogListening(place);
        OnListening?.Invoke(place);
        await HttpLanes.RunAsync(listener, (socket, token) => ServeOneAsync(socket, plan, token), CannotAccept, time, stop);
    }

    private async Task<Socket> ListenAsync(StatusPagePlan plan, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                Socket listener = HttpListening.Open(plan.Address, plan.Port);
                _isFaulty = false;
                return listener;
            }
            catch (SocketException e)
            {
                metrics.CannotListen();
                if (!_isFaulty)
                {
                    LogCannotListen(plan.Address, plan.Port, e.Message);
                }

                _isFaulty = true;
                await Task.Delay(PauseAfterFailure, time, stop);
            }
        }
    }

    private async Task ServeOneAsync(Socket socket, StatusPagePlan plan, CancellationToken stop)
    {
        var code = 0;
        var reason = await HttpExchange.ServeAsync(socket, Answer, time, stop);
        if (reason is null)
        {
            metrics.Answered(code);
        }
        else
        {
            LogAborted(reason);
            metrics.Aborted();
        }

        HttpAnswer Answer(HttpRequestHead? request)
        {
            HttpAnswer answer = answers.Answer(request, plan);
            code = answer.Status;
            return answer;
        }
    }

    [LoggerMessage(7210, LogLevel.Information, "The status page is at {Place}")]
    private partial void LogListening(IPEndPoint place);

    [LoggerMessage(7211, LogLevel.Error, "The status page cannot listen on {Address}, port {Port}, so nobody sees it: {Reason}. It is tried again")]
    private partial void LogCannotListen(string address, int port, string reason);

    [LoggerMessage(7212, LogLevel.Warning, "The status page cannot accept a connection: {Reason}")]
    private partial void CannotAccept(string reason);

    [LoggerMessage(7213, LogLevel.Debug, "A connection to the status page was given up: {Reason}")]
    private partial void LogAborted(string reason);
}
