using System.Collections.Immutable;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>How pages are closed, read back, and lost.</summary>
public sealed partial class PageRing
{
    // Room for the losses that pages usually tell of.
    private const int UsualGaps = 2 * 32;

    // What was adopted has new numbers. Until it is durable under them the tail slots have it under the old ones, and nothing may say that those are past.
    private long OldestPage => _adopting?.Oldest.Page ?? _pages.Oldest?.Number ?? _nextPage;

    private long OldestSeq => _adopting?.Oldest.Seq ?? _pages.Oldest?.Fields.FirstSeq ?? _open?.FirstSeq ?? NextSeq;

    private static int Capacity(int blocks) =>
        (blocks * RingGeometry.BlockSize) - PageHeader.Size - PageInterior.SizeWithoutGaps - PageCipher.TagSize - UsualGaps;

    private bool IsRoomFor(int record)
    {
        int body = _options.BodyHead.Length + record + _options.BodyTail.Length;
        int page = PageHeader.Size + PageInterior.MaxSize + body + PageCipher.TagSize;
        return body <= _options.MaxBodyBytes && RingGeometry.BlocksFor(page) <= _geometry.MaxPageBlocks;
    }

    private bool Seal(Moment now, long closing)
    {
        if (_open is not { } open)
        {
            return false;
        }

        _open = null;
        _compression.NextPage();
        Close(open.Content, open.Mark, PageTraits.None, open.FirstSeq, open.Count, open.Body.ToArray(), [], open.OpenedAt.Wall, now.Wall, open.OpenedAt.Elapsed);
        System.Diagnostics.Debug.Assert(open.FirstSeq + open.Count <= closing, "A page's numbers are contiguous.");
        return true;
    }

    // An open page of the last run: what it holds was committed, so it is closed as it is, under a number of its own.
    private void Adopt(AdoptedPage page)
    {
        DateTimeOffset opened = DateTimeOffset.FromUnixTimeMilliseconds(page.OpenedWallMs);
        Close(page.Content, page.Mark, PageTraits.Recovered, page.FirstSeq, page.Count, page.Body, [], opened, opened, elapsed: null);
    }

    private void Close(
        byte content, byte mark, PageTraits flags, long firstSeq, int count, ReadOnlyMemory<byte> body, ImmutableArray<Gap> gaps,
        DateTimeOffset opened, DateTimeOffset closed, TimeSpan? elapsed)
    {
        var fields = new BatchFields(KeyId, Buffer, Epoch, _nextPage++, firstSeq, count, _counted, content, mark, flags | TakeClockStep());
        ImmutableArray<byte> mac = _keys.Chain.Seal(fields, _lastMac.AsSpan(), body.Span);
        _pages.Add(new PageEntry
        {
            Fields = fields,
            PreviousMac = _lastMac,
            Mac = mac,
            BodyLength = body.Length,
            OpenedWallMs = opened.ToUnixTimeMilliseconds(),
            SealedWallMs = closed.ToUnixTimeMilliseconds(),
            OpenedElapsed = elapsed,
            Gaps = gaps,
            Body = body,
        });
        _lastMac = mac;
    }

    // One gap page at a time: while it waits, further losses grow together behind it.
    private void PlaceGaps(Moment now, bool evenIfOneWaits = false)
    {
        if (_gaps.IsEmpty || (_pages.WaitingGapPages > 0 && !evenIfOneWaits))
        {
            return;
        }

        Seal(now);
        long uncounted = _gaps.Uncounted;
        ImmutableArray<Gap> gaps = _gaps.Take();
        var page = new OpenPage(_options, _options.GapContent, NextSeq, now);
        foreach (Gap gap in gaps)
        {
            page.TryAdd(_options.EncodeGap(gap).Span, mark: 0, _ => true);
        }

        NextSeq += page.Count;
        _counted += uncounted;
        Close(page.Content, page.Mark, PageTraits.Gap, page.FirstSeq, page.Count, page.Body.ToArray(), gaps, now.Wall, now.Wall, now.Elapsed);
    }

    private static SealedPage Handed(PageEntry page, ReadOnlyMemory<byte> body) => new(
        page.Fields,
        page.PreviousMac,
        page.Mac,
        body,
        DateTimeOffset.FromUnixTimeMilliseconds(page.OpenedWallMs),
        DateTimeOffset.FromUnixTimeMilliseconds(page.SealedWallMs),
        page.OpenedElapsed);

    private ReadOnlyMemory<byte>? TryReadBody(PageEntry page)
    {
        if (page.Body is { } inMemory)
        {
            return inMemory;
        }

        return _reader.TryRead(_geometry.RingBlock(page.Position), PageKind.Ring, out PageHeader header, out ReadOnlySpan<byte> content)
            && header.Page == page.Number
            && header.Position == page.Position
            && PageInterior.TryRead(content, out PageInterior? interior)
            && interior!.Mac.AsSpan().SequenceEqual(page.Mac.AsSpan())
            && PageReader.TryReadBody(header, interior, content, out byte[] body)
            ? (ReadOnlyMemory<byte>?)body
            : null;
    }

    // The bound of the device is the bound of memory too, for the time when the device does not take anything.
    private void MakeRoomInMemory()
    {
        while (_pages.MemoryBytes + (_open?.Length ?? 0) > DeviceBytes.All && _pages.Unplaced().FirstOrDefault() is { } oldest)
        {
            Forget(oldest, oldest.WasHandedOut ? LossReason.Unconfirmed : LossReason.Evicted);
        }
    }

    private void Forget(PageEntry page, LossReason reason)
    {
        _pages.Remove(page);
        if (!page.IsGap)
        {
            Lose(new Gap(reason, page.Fields.FirstSeq, page.LastSeq, page.Fields.Count));
            return;
        }

        // What it told is told again, and counts no more than it did. Its own records are missing like others, though they hold no reading.
        foreach (Gap gap in page.Gaps)
        {
            _gaps.Add(gap, uncounted: 0);
        }

        _gaps.Add(new Gap(reason, page.Fields.FirstSeq, page.LastSeq, page.Fields.Count), page.Fields.Count);
    }

    private void Lose(Gap gap)
    {
        _lost[(int)gap.Reason] += gap.Count;
        _gaps.Add(gap, gap.Count);
    }
}
