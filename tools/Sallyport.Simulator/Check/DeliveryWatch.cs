using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Check;

/// <summary>Feeds a check from what arrives, and waits until it has nothing left to wait for. Safe for several threads.</summary>
/// <param name="check">What is fed.</param>
/// <param name="ledger">The plant's list; null for a device without one.</param>
/// <param name="writeRequests">Counts the requests that would have changed something in a controller.</param>
/// <param name="arrived">Fires after each message.</param>
internal sealed class DeliveryWatch(DeliveryCheck check, PlantLedger? ledger, Func<long> writeRequests, ChangeSignal arrived)
{
    private readonly Lock _lock = new();

    /// <summary>Takes one message.</summary>
    public void Accept(CloudMessage message)
    {
        lock (_lock)
        {
            check.Accept(new(message.Message, message.EnqueuedAt));
        }
    }

    /// <summary>Judges what arrived so far.</summary>
    public CheckReport Judge()
    {
        lock (_lock)
        {
            return check.Judge(ledger?.Snapshot() ?? [], writeRequests());
        }
    }

    /// <summary>Waits until nothing is missing, or the token is cancelled: then it returns as well. Without a list nobody knows what is missing.</summary>
    public async Task WaitUntilCompleteAsync(CancellationToken limit)
    {
        try
        {
            await arrived.WaitUntilAsync(() => ledger is not null && Judge() is { Unexplained: 0, UnexplainedFrames: 0, UnexplainedRecords: 0 }, limit);
        }
        catch (OperationCanceledException)
        {
            // What is still missing is in the verdict.
        }
    }
}
