namespace Sallyport.Simulator.Check;

/// <summary>The pages among what arrived, by ring, each message once. Not safe for several threads.</summary>
internal sealed class ArrivedPages
{
    private readonly Dictionary<string, Arrival> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Page>> _buffers = new(StringComparer.Ordinal);

    /// <summary>In order of arrival.</summary>
    public IReadOnlyCollection<List<Page>> Buffers => _buffers.Values;

    /// <summary>Messages that came again with the same id.</summary>
    public long Redelivered { get; private set; }

    /// <summary>Pages that came after a later one.</summary>
    public long Reordered { get; private set; }

    /// <summary>Takes what arrived next.</summary>
    public void Add(Arrival arrival, Findings findings)
    {
        if (!_seen.TryAdd(arrival.Message.MessageId, arrival))
        {
            Redelivered++;
            if (!_seen[arrival.Message.MessageId].Message.Body.Span.SequenceEqual(arrival.Message.Body.Span))
            {
                findings.Add(FindingKind.Altered, $"Message {arrival.Message.MessageId} came again with another body.");
            }
        }
        else if (PageReader.Read(arrival, findings) is { } page)
        {
            Add(page);
        }
    }

    private void Add(Page page)
    {
        if (!_buffers.TryGetValue(page.Buffer, out var pages))
        {
            _buffers.Add(page.Buffer, pages = []);
        }

        if (page.Buffer.Length == 0)
        {
            page = page with { Number = pages.Count, FirstSeq = pages.Count };
        }

        Reordered += pages.Count > 0 && pages[^1].Epoch == page.Epoch && pages[^1].Number > page.Number ? 1 : 0;
        pages.Add(page);
    }
}
