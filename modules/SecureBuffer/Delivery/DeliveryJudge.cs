using Sallyport.SecureBuffer.EdgeHub;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Decides from edgeHub's counters whether a window has arrived.</summary>
/// <remarks>A partial count never frees a page: edgeHub discards some messages without counting them, so eight handed over and seven sent does not say which
/// seven. Only a window that is counted in full, with nothing queued and nothing dropped, has arrived.</remarks>
internal static class DeliveryJudge
{
    /// <summary>How long a queue must be empty, with nothing more sent, until that means a loss.</summary>
    public static readonly TimeSpan LossDelay = TimeSpan.FromSeconds(1);

    /// <param name="window">What was handed over, and when.</param>
    /// <param name="now">What edgeHub says.</param>
    /// <param name="at">Monotonic time of <paramref name="now"/>.</param>
    public static Judgement Judge(DeliveryWindow window, EdgeHubReading now, TimeSpan at)
    {
        EdgeHubReading before = window.Baseline;

        // A baseline without an instance had no samples at all: its counts are the zeros that any instance starts from.
        var isOtherInstance = before.Instance.Length > 0 && !string.Equals(before.Instance, now.Instance, StringComparison.Ordinal);
        if (isOtherInstance || now.Sent < before.Sent || now.Dropped < before.Dropped)
        {
            return new Judgement.Lost(LossSign.EdgeHubRestarted);
        }

        if (now.Dropped > before.Dropped)
        {
            return new Judgement.Lost(LossSign.Dropped);
        }

        if (now.Queued > 0)
        {
            return new Judgement.Waiting(Suspicion: null);
        }

        if (window.IsUncertain)
        {
            return new Judgement.Lost(LossSign.Unacknowledged);
        }

        return (now.Sent - before.Sent - window.Pages.Length) switch
        {
            0 => Judgement.Confirmed.Instance,
            > 0 => new Judgement.Lost(LossSign.Overcounted),
            _ => JudgeShortfall(window.Suspicion, now, at),
        };
    }

    private static Judgement JudgeShortfall(Suspicion? suspicion, EdgeHubReading now, TimeSpan at)
    {
        if (suspicion is null || suspicion.Sent != now.Sent)
        {
            return new Judgement.Waiting(new Suspicion(at, now.Sent));
        }

        return at - suspicion.Since >= LossDelay
            ? new Judgement.Lost(LossSign.NotSent)
            : new Judgement.Waiting(suspicion);
    }
}
