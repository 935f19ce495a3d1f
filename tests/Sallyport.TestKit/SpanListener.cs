using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sallyport.TestKit;

/// <summary>Hears the spans of one source, which parallel tests have not, and keeps those that ended.</summary>
public sealed class SpanListener : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _ended = new();

    /// <param name="source">The source.</param>
    /// <param name="isRecorded">False for spans that are made only so that others know that nobody takes them.</param>
    public SpanListener(ActivitySource source, bool isRecorded = true)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = one => ReferenceEquals(one, source),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                isRecorded ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>In the order of their ends.</summary>
    public IReadOnlyCollection<Activity> Ended => _ended;

    /// <summary>The only one of a name that ended.</summary>
    public Activity The(string name) => _ended.Single(span => string.Equals(span.OperationName, name, StringComparison.Ordinal));

    public void Dispose() => _listener.Dispose();
}
