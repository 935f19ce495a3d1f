using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Tracing;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.EdgeHub;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Tracing;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Brings pages to edgeHub, or to IoT Hub itself, and frees them on proof, one step at a time. One caller.</summary>
/// <remarks>
/// With the proof <see cref="DeliveryProof.EdgeHubMetrics"/>:
/// 1. ask edgeHub; while it cannot be asked or has something queued, hand over nothing;
/// 2. hand over at most a window of pages, each until it is acknowledged;
/// 3. ask until the window is confirmed, then free its pages, or lost, then put them back and wait before 1.
/// With the proof <see cref="DeliveryProof.PubAck"/> a page is handed over and freed when it is acknowledged, one after the other: on the direct uplink IoT Hub
/// itself acknowledges.
/// After a loss the windows have one page until one is confirmed: a page that edgeHub never delivers then repeats no others.
/// </remarks>
internal sealed partial class Courier(
    Uplinks uplinks,
    Lanes lanes,
    EdgeHubMetricsClient edgeHub,
    CourierMetrics metrics,
    Checkpointer checkpointer,
    BufferTraces traces,
    MomentClock clock,
    ILogger<Courier> logger)
{
    /// <summary>The output that pages leave by.</summary>
    public const string Output = "upstream";

    // Nothing else of ours is under way in between, so a confirmed reading this young is as good as a new one.
    private static readonly TimeSpan BaselineLife = TimeSpan.FromSeconds(1);

    private DeliveryWindow? _window;
    private (EdgeHubReading Reading, TimeSpan At)? _confirmed;
    private int _looks;
    private int _losses;

    /// <summary>True while no page awaits its proof.</summary>
    public bool IsIdle => _window is null;

    /// <summary>Does the next thing there is to do.</summary>
    public async Task<CourierStep> StepAsync(BufferPlan plan, CancellationToken cancellationToken)
    {
        if (_window is { } window)
        {
            return await JudgeAsync(window, cancellationToken);
        }

        TimeSpan? due = lanes.UntilDue(plan);
        if (due != TimeSpan.Zero)
        {
            return CourierStep.UntilWork(due);
        }

        if (uplinks.StateFor(plan) != HubConnectionState.Connected)
        {
            Enter(UplinkState.Disconnected);
            return CourierStep.Pause(Pauses.Connection);
        }

        return plan.Proof == DeliveryProof.PubAck
            ? await SendOnTrustAsync(plan, cancellationToken)
            : await OpenWindowAsync(plan, cancellationToken);
    }

    private async Task<CourierStep> SendOnTrustAsync(BufferPlan plan, CancellationToken cancellationToken)
    {
        (ImmutableArray<(Lane Lane, Page Page)> pages, var acknowledged) =
            await HandOverAsync(plan, 1, cancellationToken) ?? ([], 0);
        if (acknowledged < pages.Length)
        {
            SendAgain(pages, LossSign.Unacknowledged);
        }

        if (acknowledged == 0)
        {
            return CourierStep.Pause(Pauses.Look(_looks++));
        }

        _looks = 0;
        Confirm(pages);
        Enter(UplinkState.Open);
        return CourierStep.GoOn;
    }

    private async Task<CourierStep> OpenWindowAsync(BufferPlan plan, CancellationToken cancellationToken)
    {
        if (await ReadBaselineAsync(cancellationToken) is not { Queued: 0 } baseline)
        {
            return CourierStep.Pause(Pauses.Look(_looks++));
        }

        if (await HandOverAsync(plan, _losses > 0 ? 1 : plan.Window, cancellationToken) is not { } handed)
        {
            return CourierStep.Pause(Pauses.Connection);
        }

        _looks = 0;
        _window = new DeliveryWindow(baseline, handed.Pages, handed.Acknowledged);
        metrics.Unconfirmed(handed.Pages.Length);
        return CourierStep.Pause(Pauses.Look(_looks++));
    }

    private async Task<EdgeHubReading?> ReadBaselineAsync(CancellationToken cancellationToken)
    {
        if (_confirmed is { } confirmed && clock.Now.Elapsed - confirmed.At < BaselineLife)
        {
            return confirmed.Reading;
        }

        EdgeHubReading? reading = await AskAsync(cancellationToken);
        if (reading is { Queued: > 0 })
        {
            Enter(UplinkState.Waiting);
        }

        return reading;
    }

    /// <summary>Hands over pages until one is not acknowledged. Null if edgeHub has none of them.</summary>
    private async Task<(ImmutableArray<(Lane Lane, Page Page)> Pages, int Acknowledged)?> HandOverAsync(
        BufferPlan plan, int limit, CancellationToken cancellationToken)
    {
        ImmutableArray<(Lane Lane, Page Page)>.Builder pages = ImmutableArray.CreateBuilder<(Lane Lane, Page Page)>(limit);
        var acknowledged = 0;
        while (acknowledged < limit && lanes.Take(plan) is { } taken)
        {
            taken.Page = await checkpointer.SignIfDueAsync(taken.Lane, taken.Page, cancellationToken);
            taken.Page = traces.Send(taken.Lane, taken.Page, plan.Direct is null ? "edgehub" : "direct");
            metrics.Sent(taken.Lane);
            SendOutcome outcome = await uplinks.SendAsync(plan, taken.Page.Message, cancellationToken);
            if (outcome is SendOutcome.TooLarge tooLarge)
            {
                LogTooLarge(taken.Page.Message.MessageId, tooLarge.SizeInBytes, tooLarge.LimitInBytes);
                taken.Page.Upstream.End(BufferTraces.TooLarge, isError: true);
                taken.Lane.Discard(taken.Page);
                continue;
            }

            if (outcome is SendOutcome.NotConnected)
            {
                Enter(UplinkState.Disconnected);
                taken.Page.Upstream.End(BufferTraces.NotConnected, isError: true);
                taken.Lane.Return([taken.Page]);
                break;
            }

            pages.Add(taken);
            if (outcome is not SendOutcome.Acknowledged)
            {
                break;
            }

            BufferTraces.Acknowledged(taken.Page);
            acknowledged++;
        }

        return pages.Count > 0 ? (pages.ToImmutable(), acknowledged) : null;
    }

    private void Confirm(ImmutableArray<(Lane Lane, Page Page)> pages)
    {
        foreach (IGrouping<Lane, (Lane Lane, Page Page)> lane in pages.GroupBy(taken => taken.Lane))
        {
            lane.Key.Confirm([.. lane.Select(taken => taken.Page)]);
            metrics.Confirmed(lane.Key, lane.Count());
        }

        foreach ((_, Page page) in pages)
        {
            page.Upstream.End(BufferTraces.Confirmed);
        }
    }

    private void SendAgain(ImmutableArray<(Lane Lane, Page Page)> pages, LossSign sign)
    {
        LogLost(pages.Length, sign);
        foreach (IGrouping<Lane, (Lane Lane, Page Page)> lane in pages.GroupBy(taken => taken.Lane))
        {
            lane.Key.Return([.. lane.Select(taken => taken.Page)]);
        }

        metrics.Lost(sign, pages.Length);
        foreach ((_, Page page) in pages)
        {
            BufferTraces.Unproven(page, sign);
        }
    }

    private void Close(int losses)
    {
        _window = null;
        _looks = 0;
        _losses = losses;
        metrics.Unconfirmed(0);
    }

    private void Enter(UplinkState state, string reason = "")
    {
        if (metrics.Enter(state))
        {
            LogState(state, reason);
        }
    }

    [LoggerMessage(2100, LogLevel.Information, "The uplink is {State}. {Reason}")]
    private partial void LogState(UplinkState state, string reason);

    [LoggerMessage(2101, LogLevel.Warning, "{Pages} pages are sent again: {Sign}.")]
    private partial void LogLost(int pages, LossSign sign);

    [LoggerMessage(2102, LogLevel.Error, "Page {MessageId} has {Size} bytes with its properties, more than the {Limit} that a message may have. It is lost and gets a gap record.")]
    private partial void LogTooLarge(string messageId, int size, int limit);
}
