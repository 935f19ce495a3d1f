namespace Sallyport.SealedRing;

/// <summary>The page that records go into: its body as it grows. Not safe for several threads.</summary>
internal sealed class OpenPage(RingOptions options, byte content, long firstSeq, Moment openedAt)
{
    private byte[] _body = [];
    private int _length;

    public byte Content => content;

    public long FirstSeq => firstSeq;

    public Moment OpenedAt => openedAt;

    public byte Mark { get; private set; }

    public int Count { get; private set; }

    /// <summary>Records of it that are durable in a tail slot.</summary>
    public int Committed { get; set; }

    /// <summary>Snapshots made.</summary>
    public int Version { get; set; }

    /// <summary>Bytes of the body as it would be closed now.</summary>
    public int Length => _length + options.BodyTail.Length;

    /// <summary>The body as it would be closed now; valid until the next record.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            options.BodyTail.Span.CopyTo(_body.AsSpan(_length));
            return _body.AsMemory(0, Length);
        }
    }

    /// <summary>Bytes that a record adds.</summary>
    public int LengthWith(ReadOnlySpan<byte> record) =>
        Length + record.Length + (Count == 0 ? options.BodyHead.Length : options.BodySeparator.Length);

    /// <summary>Adds a record, and takes it back if the page does not want it.</summary>
    /// <returns>Whether it stays.</returns>
    public bool TryAdd(ReadOnlySpan<byte> record, byte mark, Func<ReadOnlyMemory<byte>, bool> fits)
    {
        int before = _length;
        Grow(LengthWith(record));
        ReadOnlySpan<byte> join = Count == 0 ? options.BodyHead.Span : options.BodySeparator.Span;
        join.CopyTo(_body.AsSpan(_length));
        record.CopyTo(_body.AsSpan(_length + join.Length));
        _length += join.Length + record.Length;
        if (Count > 0 && !fits(Body))
        {
            _length = before;
            return false;
        }

        Count++;
        Mark = Math.Max(Mark, mark);
        return true;
    }

    private void Grow(int needed)
    {
        if (_body.Length < needed)
        {
            Array.Resize(ref _body, Math.Max(needed, Math.Min(2 * Math.Max(_body.Length, 1024), options.PageBytes)));
        }
    }
}
