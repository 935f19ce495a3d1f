using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>A ring as the gateway has it, its pages as messages, and the roots of its chains.</summary>
internal sealed class Gateway : IDisposable
{
    public const string Lane = "bulk";

    public static readonly Moment Noon = new(TimeSpan.FromMinutes(1), new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    private readonly Vault _vault;

    private Gateway(TornDevice device, Vault vault, PageRing ring) => (Device, _vault, Ring) = (device, vault, ring);

    public TornDevice Device { get; }

    public PageRing Ring { get; }

    public static RingOptions Options { get; } = new()
    {
        BodyHead = BatchBody.Join([]).AsMemory(..^2),
        BodySeparator = ","u8.ToArray(),
        BodyTail = "]}"u8.ToArray(),
        GapContent = BatchNumbers.ContentOf(MessageType.Telemetry),
        EncodeGap = gap => GapRecordJson.Encode(GapRecords.Of(gap)),
        SeqReservation = 1000,
        PageReservation = 100,
    };

    public static Gateway Open(Vault vault, byte[]? image = null, RingOptions? options = null, int blocks = 64)
    {
        var device = new TornDevice(image ?? new byte[blocks * RingGeometry.BlockSize]);
        var file = new RingFile(
            (options ?? Options) with { FillRandom = vault.Fill }, [vault.Wrapper], new FakeTimeProvider(Noon.Wall.AddSeconds(vault.Openings)));
#pragma warning disable VSTHRD002 // A file key answers at once.
        RingOpening opening = file.OpenAsync(device, snapshotBlocks: 5, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        PageRing ring = Assert.IsType<RingOpening.Opened>(opening).Ring;
        vault.Announce(ring);
        return new Gateway(device, vault, ring);
    }

    /// <summary>Appends a record; a long one has a page of its own.</summary>
    public long Append(int length = 100, Quality? quality = Quality.Good)
    {
        byte[] record = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"schema":"sallyport.test/1","n":{{_vault.NextText()}},"x":"{{new string('x', length)}}"}"""));
        Ring.TryAppend(record, BatchNumbers.ContentOf(MessageType.Telemetry), BatchNumbers.MarkOf(quality), Noon, out long seq);
        return seq;
    }

    public void Commit() => Run(Ring.Prepare);

    public void End() => Run(() => Ring.PrepareEnd(Noon));

    /// <summary>Hands out the next page; null if there is none.</summary>
    public SealedPage? Take()
    {
        while (true)
        {
            switch (Ring.Take(Noon))
            {
                case TakeOutcome.Taken { Page: var page }:
                    return page;
                case TakeOutcome.CommitFirst:
                    Commit();
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>Hands out all that there is, and confirms it.</summary>
    public List<HubMessage> Drain()
    {
        var messages = new List<HubMessage>();
        Ring.Seal(Noon);
        while (Take() is { } page)
        {
            messages.Add(MessageOf(page));
            Ring.Confirm([page.Number]);
        }

        return messages;
    }

    /// <summary>So many pages, each with some records.</summary>
    public List<HubMessage> Pages(int count, int records = 3)
    {
        var messages = new List<HubMessage>();
        for (int page = 0; page < count; page++)
        {
            for (int record = 0; record < records; record++)
            {
                Append();
            }

            messages.AddRange(Drain());
        }

        return messages;
    }

    public static HubMessage MessageOf(SealedPage page) => BatchProperties.Message(page, Lane, "SecureBuffer", isReplay: false);

    public void Dispose() => Ring.Dispose();

    private void Run(Func<CommitWork?> prepare)
    {
        for (bool hasMore = true; hasMore && prepare() is { } work; hasMore = work.HasMore)
        {
            Ring.Complete(work, work.TryRun(Device, out _));
        }
    }
}
