using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.SealedRing.Recovery;

namespace Sallyport.SealedRing.Tests;

/// <summary>A ring on a device of a test, and what the test's owner knows of it.</summary>
internal sealed class TestRing : IDisposable
{
    public const byte Data = 1;
    public const byte GapContent = 2;

    public static readonly Moment Noon = new(TimeSpan.FromMinutes(1), new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    public required PageRing Ring { get; init; }

    public required IBlockDevice Device { get; init; }

    public required RingOrigin Origin { get; init; }

    public required RecoveryReport Report { get; init; }

    public required DeviceFault? Fault { get; init; }

    public static RingOptions Options { get; } = new()
    {
        BodyHead = "["u8.ToArray(),
        BodySeparator = ";"u8.ToArray(),
        BodyTail = "]"u8.ToArray(),
        GapContent = GapContent,
        EncodeGap = gap => Encoding.ASCII.GetBytes($"{{gap {gap.Reason} {gap.FirstSeq} {gap.LastSeq} {gap.Count}}}"),
        SeqReservation = 1000,
        PageReservation = 100,
    };

    public static FileKeyWrapper Wrapper { get; } = new(SecretKey.Copy(Enumerable.Repeat((byte)7, 32).ToArray()), Options.FillRandom);

    public static TestRing Open(IBlockDevice device, RingOptions? options = null, RingDesign? design = null, DateTimeOffset? at = null)
    {
        RingOpening opening = TryOpen(device, options, design: design, at: at);
        return opening is RingOpening.Opened opened
            ? new TestRing { Ring = opened.Ring, Device = device, Origin = opened.Origin, Report = opened.Report, Fault = opened.Fault }
            : throw new InvalidOperationException(opening.ToString());
    }

    public static RingOpening TryOpen(
        IBlockDevice device, RingOptions? options = null, IKeyWrapper? wrapper = null, RingDesign? design = null, DateTimeOffset? at = null)
    {
        var file = new RingFile(options ?? Options, [wrapper ?? Wrapper], new FakeTimeProvider(at ?? Noon.Wall)) { Design = design ?? new RingDesign() };
#pragma warning disable VSTHRD002 // A file key answers at once.
        return file.OpenAsync(device, snapshotBlocks: 5, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    public static MemoryDevice NewDevice(int blocks = 64) => new(blocks * RingGeometry.BlockSize);

    /// <summary>Appends a record of its own text.</summary>
    public long Append(string text)
    {
        Assert.True(Ring.TryAppend(Encoding.ASCII.GetBytes(text), Data, 0, Noon, out long seq));
        return seq;
    }

    /// <summary>Whether what was appended is durable now.</summary>
    public bool Commit() => Run(Ring.Prepare);

    public bool End() => Run(() => Ring.PrepareEnd(Noon));

    /// <summary>Hands out all that there is, as bodies, and confirms it.</summary>
    public List<SealedPage> Drain()
    {
        var pages = new List<SealedPage>();
        Ring.Seal(Noon);
        for (TakeOutcome outcome = Ring.Take(Noon); outcome is not TakeOutcome.Empty; outcome = Ring.Take(Noon))
        {
            if (outcome is TakeOutcome.Taken { Page: var page })
            {
                pages.Add(page);
            }
            else if (!Run(Ring.Prepare, isStep: true))
            {
                break;
            }
        }

        Ring.Confirm(pages.Select(page => page.Number));
        return pages;
    }

    public void Dispose() => Ring.Dispose();

    private bool Run(Func<CommitWork?> prepare, bool isStep = false)
    {
        while (prepare() is { } work)
        {
            bool isDurable = work.TryRun(Device, out _);
            Ring.Complete(work, isDurable);
            if (!isDurable || (isStep && !work.HasMore) || (work.IsWhole && !work.HasMore))
            {
                return isDurable;
            }
        }

        return !Ring.IsFenced;
    }
}
