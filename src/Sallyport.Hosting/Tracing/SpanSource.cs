using System.Diagnostics;

namespace Sallyport.Hosting.Tracing;

/// <summary>Starts the spans of one part of a module. While nobody listens it makes none, and costs one look.</summary>
/// <remarks>A span has the parent that it is given, or none: it is never the current one of a thread, so that it may end on another, and so that nothing
/// that is started meanwhile takes it for its parent. Safe from any thread.</remarks>
/// <param name="name">Begins with <c>Sallyport.</c>; those are the sources that are listened to.</param>
public sealed class SpanSource(string name) : IDisposable
{
    /// <summary>What listeners see.</summary>
    public ActivitySource Source { get; } = new(name);

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => Source.HasListeners();

    /// <summary>Starts a span.</summary>
    /// <param name="name">One of docs/operations/traces.md.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="parent">The span that it is part of; default for the first of a trace.</param>
    /// <param name="links">Spans that led to it.</param>
    /// <returns>Null if nobody listens, or nobody wants it.</returns>
    public Activity? Start(string name, ActivityKind kind, ActivityContext parent = default, IEnumerable<ActivityLink>? links = null)
    {
        if (!IsHeard)
        {
            return null;
        }

        Activity? current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(kind, parent, tags: null, links, startTime: default, name);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();
}
