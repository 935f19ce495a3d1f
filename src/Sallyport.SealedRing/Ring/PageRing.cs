using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>
/// The sealed ring: records go in, numbered without repeats; closed pages come out, each a sealed batch, oldest first. What does not fit any more goes from the
/// oldest end, and a gap record says so. Not safe for several threads: its owner holds one lock, but not while a <see cref="CommitWork"/> runs.
/// </summary>
public sealed partial class PageRing : IDisposable
{
    private const int OldestPageStride = 64;
    private const int MostFailedReads = 3;

    private readonly RingGeometry _geometry;
    private readonly RingOptions _options;
    private SealingKeys _keys;
    private readonly PageReader _reader;
    private readonly PageWriter _writer;
    private readonly BodyCompression _compression;
    private readonly LivePages _pages = new();
    private readonly GapLedger _gaps = new();
    private readonly CommitWork _work = new();
    private readonly long[] _lost = new long[(int)LossReason.KeyLost + 1];
    private readonly Func<ReadOnlyMemory<byte>, bool> _fits;
    private OpenPage? _open;
    private RingStart? _adopting;
    private RingNumbers _durable;
    private ImmutableArray<byte> _lastMac;
    private long _generation;
    private long _nextPage;
    private long _head;
    private long _counted;
    private bool _isStateDue;

    internal PageRing(IBlockDevice device, RingGeometry geometry, RingOptions options, EpochSource epochs, EpochChange first, bool isPeriodNew, RingStart start)
    {
        SealingKeys keys = first.Keys;
        _geometry = geometry;
        _options = options;
        _keys = keys;
        _epochs = epochs;
        _isStateFirst = isPeriodNew;
        _compression = new BodyCompression(options.Compression);
        _reader = new PageReader(device, geometry, keys.Ring);
        _writer = new PageWriter(geometry, keys, _compression);
        _fits = body => _compression.Fits(body.Span, Capacity(_options.PageBlocks));
        NextSeq = start.NextSeq;
        _nextPage = start.NextPage;
        _head = start.HeadPosition;
        _generation = start.Generation;
        _counted = start.Lost;
        _lastMac = start.LastMac;
        _durable = new RingNumbers(start.Generation, 0, 0, 0, start.Lost);
        Announcement = first.Announcement;
        Array.ForEach([.. start.Pages], _pages.Add);
        Array.ForEach([.. start.Adopted], Adopt);
        _adopting = start.Adopted.IsEmpty ? null : start;
        foreach ((Gap gap, long uncounted) in start.Gaps)
        {
            _lost[(int)gap.Reason] += uncounted;
            _gaps.Add(gap, uncounted);
        }

        _isStateDue = true;
    }

    /// <summary>Which ring.</summary>
    public UInt128 Buffer => _keys.Ring.Buffer;

    internal RingGeometry Geometry => _geometry;

    /// <summary>Which opening of it, or part of one.</summary>
    public Epoch Epoch => _keys.Epoch;

    /// <summary>The public name of the chain that pages are sealed with.</summary>
    public UInt128 KeyId => _keys.KeyId;

    /// <summary>The number that the next record gets.</summary>
    public long NextSeq { get; private set; }

    /// <summary>Records that are neither confirmed nor lost.</summary>
    public long Depth => _pages.Records + (_open?.Count ?? 0);

    /// <summary>Bytes of their bodies, as they will be sent.</summary>
    public long BodyBytes => _pages.BodyBytes + (_open?.Length ?? 0);

    /// <summary>Bytes of the device that hold pages, and that there are.</summary>
    public (long Used, long All) DeviceBytes =>
        ((_pages.OldestPlaced() is { } oldest ? _head - oldest.Position : 0) * RingGeometry.BlockSize, _geometry.RingBlocks * RingGeometry.BlockSize);

    /// <summary>Closed pages.</summary>
    public int Pages => _pages.Count;

    /// <summary>Pages that are handed out.</summary>
    public int PagesInFlight => _pages.InFlight;

    /// <summary>Losses that no gap record speaks of yet.</summary>
    public bool HasPendingGap => !_gaps.IsEmpty;

    /// <summary>When the oldest record came: on the monotonic clock, null if it was in an earlier run, and on the wall clock. Null if there is none.</summary>
    public (TimeSpan? Elapsed, DateTimeOffset Wall)? Oldest => _pages.Oldest is { } oldest
        ? (oldest.OpenedElapsed, DateTimeOffset.FromUnixTimeMilliseconds(oldest.OpenedWallMs))
        : _open is { } open ? (open.OpenedAt.Elapsed, open.OpenedAt.Wall) : null;

    /// <summary>When the first record of the open page came; null if it is empty.</summary>
    public Moment? OpenedAt => _open?.OpenedAt;

    /// <summary>Records that a power cut would take now.</summary>
    public long UndurableRecords =>
        _pages.Unplaced().Sum(page => (long)page.Fields.Count) + (_open is { } open ? open.Count - open.Committed : 0);

    /// <summary>Bytes that wait in memory for a commit.</summary>
    public long UndurableBytes => _pages.MemoryBytes + (_open is { } open && open.Committed < open.Count ? open.Length : 0);

    /// <summary>Records lost since the ring was opened.</summary>
    public long Lost(LossReason reason) => _lost[(int)reason];

    /// <summary>Takes a record. It is in memory then, and on the device after the next commit.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="content">A page holds records of one content.</param>
    /// <param name="mark">A page is marked with the highest of its records.</param>
    /// <param name="now">The time.</param>
    /// <param name="seq">The number that it got.</param>
    /// <returns>False if it is larger than a page may be: it is lost, and a gap record will say so.</returns>
    public bool TryAppend(ReadOnlySpan<byte> record, byte content, byte mark, Moment now, out long seq)
    {
        Observe(now);
        seq = NextSeq++;
        if (!IsRoomFor(record.Length))
        {
            // The numbers of a page are in a row, so it ends where one is missing.
            Seal(now, closing: seq);
            Lose(new Gap(LossReason.Oversize, seq, seq, 1));
            return false;
        }

        if (_open is { } open && (open.Content != content || open.LengthWith(record) > _options.PageBytes || !open.TryAdd(record, mark, _fits)))
        {
            Seal(now, closing: seq);
        }
        else if (_open is not null)
        {
            MakeRoomInMemory();
            return true;
        }

        _open = new OpenPage(_options, content, seq, now);
        _open.TryAdd(record, mark, _fits);
        MakeRoomInMemory();
        if (_open.Length > _options.PageBytes)
        {
            Seal(now);
        }

        return true;
    }

    /// <summary>Closes the open page, full or not. Whether there was anything in it.</summary>
    public bool Seal(Moment now)
    {
        Observe(now);
        return Seal(now, NextSeq);
    }

    /// <summary>Zeroes the keys. What was not committed is gone.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _change?.Keys.Retire();
        _keys.Dispose();
    }
}
