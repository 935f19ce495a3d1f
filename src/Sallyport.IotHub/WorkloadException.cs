namespace Sallyport.IotHub;

/// <summary>The workload API refused, answered nonsense or did not answer.</summary>
public sealed class WorkloadException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The HTTP status that it answered; null if it did not answer, or answered nonsense.</summary>
    public int? Status { get; internal init; }

    /// <summary>Whether the same call may succeed in a moment.</summary>
    internal bool IsTransient { get; init; }
}
