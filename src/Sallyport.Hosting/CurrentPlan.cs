namespace Sallyport.Hosting;

/// <summary>The plan that a module works from, replaced as a whole. One writer (the twin flow), any number of readers.</summary>
/// <typeparam name="TPlan">Immutable.</typeparam>
public sealed class CurrentPlan<TPlan>
    where TPlan : class
{
    private readonly Lock _lock = new();
    private Edition? _current;
    private TaskCompletionSource<Edition> _next = NewSource();

    /// <summary>The plan in force, or null before the first one.</summary>
    public Edition? Value => Volatile.Read(ref _current);

    /// <summary>Waits for an edition other than <paramref name="known"/>; pass null for the first.</summary>
    public async Task<Edition> WaitForNextAsync(Edition? known, CancellationToken cancellationToken)
    {
        Task<Edition> next;
        lock (_lock)
        {
            if (_current is { } current && !ReferenceEquals(current, known))
            {
                return current;
            }

            next = _next.Task;
        }

        return await next.WaitAsync(cancellationToken);
    }

    /// <summary>Puts a new plan in force.</summary>
    public void Replace(Edition edition)
    {
        TaskCompletionSource<Edition> waiting;
        lock (_lock)
        {
            Volatile.Write(ref _current, edition);
            (waiting, _next) = (_next, NewSource());
        }

        waiting.SetResult(edition);
    }

    private static TaskCompletionSource<Edition> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One plan and where it came from.</summary>
    /// <param name="Plan">What to do.</param>
    /// <param name="Version">The twin's desired version; 0 for a local file.</param>
    /// <param name="ConfigurationHash">First 16 hexadecimal digits of the SHA-256 of the canonical desired document: the <c>cfg</c> property.</param>
    public sealed record Edition(TPlan Plan, long Version, string ConfigurationHash);
}
