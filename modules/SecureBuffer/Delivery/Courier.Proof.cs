using Sallyport.SecureBuffer.EdgeHub;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>How the courier learns whether a window has arrived.</summary>
internal sealed partial class Courier
{
    private async Task<CourierStep> JudgeAsync(DeliveryWindow window, CancellationToken cancellationToken)
    {
        if (await AskAsync(cancellationToken) is not { } reading)
        {
            return CourierStep.Pause(Pauses.Look(_looks++));
        }

        switch (DeliveryJudge.Judge(window, reading, clock.Now.Elapsed))
        {
            case Judgement.Confirmed:
                _confirmed = (reading, clock.Now.Elapsed);
                Close(0);
                Confirm(window.Pages);
                Enter(UplinkState.Open);
                return CourierStep.GoOn;
            case Judgement.Lost lost:
                Close(_losses + 1);
                SendAgain(window.Pages, lost.Sign);
                return CourierStep.Pause(Pauses.Resend(_losses));
            case Judgement.Waiting waiting:
                _window = window with { Suspicion = waiting.Suspicion };
                if (reading.Queued > 0)
                {
                    Enter(UplinkState.Waiting);
                }

                break;
        }

        return CourierStep.Pause(Pauses.Look(_looks++));
    }

    private async Task<EdgeHubReading?> AskAsync(CancellationToken cancellationToken)
    {
        switch (await edgeHub.ReadAsync(cancellationToken))
        {
            case ScrapeOutcome.Read read:
                return read.Reading;
            case ScrapeOutcome.Unreachable unreachable:
                metrics.ProofFailed("unreachable");
                Enter(UplinkState.Unproven, unreachable.Reason);
                return null;
            case ScrapeOutcome.Malformed malformed:
                metrics.ProofFailed("malformed");
                Enter(UplinkState.Unproven, malformed.Reason);
                return null;
            default:
                return null;
        }
    }
}
