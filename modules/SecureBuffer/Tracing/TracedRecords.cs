using System.Collections.Immutable;
using System.Diagnostics;

namespace Sallyport.SecureBuffer.Tracing;

/// <summary>Which records of a lane have a span, until their page is handed out. In memory only: a page that waits longer than this process lives loses its links.</summary>
/// <remarks>Full = the one that came goes without: what waits longest is sent first. Not safe for several threads.</remarks>
internal sealed class TracedRecords
{
    /// <summary>So many wait at most, some 200 bytes each.</summary>
    public const int Most = 4096;

    // In the order of their numbers, which is that in which records come and pages go.
    private readonly Queue<(long Seq, ActivityContext Span)> _waiting = new();

    /// <summary>Spans that there was no room for.</summary>
    public long Forgotten { get; private set; }

    /// <summary>A record came. Its number is larger than those before.</summary>
    public void Add(long seq, ActivityContext span)
    {
        if (_waiting.Count == Most)
        {
            Forgotten++;
            return;
        }

        _waiting.Enqueue((seq, span));
    }

    /// <summary>A page is handed out for the first time: takes the spans of its records, and drops those of records before it, which were evicted.</summary>
    public PageLinks Take(long firstSeq, long lastSeq)
    {
        ImmutableArray<ActivityLink>.Builder? links = null;
        var dropped = 0;
        while (_waiting.TryPeek(out (long Seq, ActivityContext Span) oldest) && oldest.Seq <= lastSeq)
        {
            _waiting.Dequeue();
            if (oldest.Seq < firstSeq)
            {
                continue;
            }

            links ??= ImmutableArray.CreateBuilder<ActivityLink>();
            if (links.Count < PageLinks.Most)
            {
                links.Add(new ActivityLink(oldest.Span));
            }
            else
            {
                dropped++;
            }
        }

        return links is null ? PageLinks.None : new PageLinks(links.ToImmutable(), dropped);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _waiting.Clear();
}
