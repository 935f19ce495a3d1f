using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Check;

/// <summary>Feeds a check from what arrives, and waits until it has nothing left to wait for. Safe for several threads.</summary>
/// <remarks>A second check gets what IoT Hub has, which differs when somebody stands between: then the first one is judged by what it names.</remarks>
internal sealed class DeliveryWatch
{
    private readonly Lock _lock = new();
    private readonly DeliveryCheck _check;
    private readonly DeliveryCheck _genuine;
    private readonly PlantLedger? _ledger;
    private readonly Func<long> _writeRequests;
    private readonly CloudIntake _intake;

    /// <summary>Watches from now on.</summary>
    /// <param name="check">Sees what passes; it has seen nothing yet.</param>
    /// <param name="genuine">Sees what IoT Hub has; it has seen nothing yet.</param>
    /// <param name="ledger">The plant's list; null if it has none.</param>
    /// <param name="writeRequests">Counts the requests that would have changed something in a controller.</param>
    /// <param name="intake">Where messages arrive.</param>
    public DeliveryWatch(DeliveryCheck check, DeliveryCheck genuine, PlantLedger? ledger, Func<long> writeRequests, CloudIntake intake)
    {
        (_check, _genuine, _ledger, _writeRequests, _intake) = (check, genuine, ledger, writeRequests, intake);
        intake.OnMessage(message => Accept(_check, message));
        intake.OnGenuine(message => Accept(_genuine, message));
    }

    private bool IsUntouched => _intake.Interloper is { Waiting: 0, Done.Count: 0 };

    /// <summary>Judges what arrived so far.</summary>
    public CheckReport Judge()
    {
        lock (_lock)
        {
            var served = _ledger?.Snapshot() ?? [];
            var verdict = _check.Judge(served, _writeRequests());
            return IsUntouched
                ? verdict
                : InjectionVerdict.Of(verdict, _genuine.Judge(served, _writeRequests()), _intake.Interloper.Done, _intake.Interloper.Waiting);
        }
    }

    /// <summary>Waits until nothing is missing, or the token is cancelled: then it returns as well. Without a list nobody knows what is missing.</summary>
    public async Task WaitUntilCompleteAsync(CancellationToken limit)
    {
        try
        {
            await _intake.Changed.WaitUntilAsync(() => _ledger is not null && IsComplete(_ledger), limit);
        }
        catch (OperationCanceledException)
        {
            // What is still missing is in the verdict.
        }
    }

    // What somebody took away never comes: that IoT Hub has it is all there is to wait for.
    private bool IsComplete(PlantLedger ledger)
    {
        lock (_lock)
        {
            return _genuine.Judge(ledger.Snapshot()) is { Unexplained: 0, UnexplainedFrames: 0, UnexplainedRecords: 0 };
        }
    }

    private void Accept(DeliveryCheck check, CloudMessage message)
    {
        lock (_lock)
        {
            check.Accept(new(message.Message, message.EnqueuedAt));
        }
    }
}
