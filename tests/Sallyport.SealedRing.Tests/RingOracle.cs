
namespace Sallyport.SealedRing.Tests;

/// <summary>What was known when the power was cut, and what has to be true of the ring that opens afterwards.</summary>
/// <param name="Durable">Committed.</param>
/// <param name="Confirmed">Delivered.</param>
/// <param name="Appended">All.</param>
/// <param name="HighestUsed">The highest number that was committed or left the process.</param>
/// <param name="Told">Gaps whose records were delivered.</param>
internal sealed record RingOracle(
    HashSet<long> Durable, HashSet<long> Confirmed, Dictionary<long, string> Appended, long HighestUsed, (string Reason, long First, long Last, long Count)[] Told)
{
    /// <summary>Opens the image and judges it: I1 to I4 of the fault list.</summary>
    /// <param name="image">What is left on the device.</param>
    /// <param name="options">Of the ring.</param>
    /// <param name="spy">Sees what the new run writes.</param>
    /// <param name="mayLoseDurable">For faults that destroy what was durable: then a gap has to cover it.</param>
    /// <param name="evicted">Durable records that the ring may have dropped for newer ones: then a gap has to cover them.</param>
    public void Judge(byte[] image, RingOptions options, NonceSpy spy, bool mayLoseDurable, IReadOnlySet<long>? evicted = null)
    {
        var device = RecordingDevice.Of(image);
        Judge(device, options, mayLoseDurable, evicted);
        spy.Look(device.Log);
    }

    /// <summary>The same for a device.</summary>
    /// <returns>How many of the records were read.</returns>
    public int Judge(RecordingDevice device, RingOptions options, bool mayLoseDurable, IReadOnlySet<long>? evicted = null)
    {
        using TestRing ring = TestRing.Open(device, options);
        long fresh = ring.Append("fresh");
        Assert.True(fresh > HighestUsed, $"number {fresh} comes again; {HighestUsed} was used");
        List<SealedPage> pages = ring.Drain();
        var read = new Dictionary<long, string>();
        foreach ((long seq, string text) in pages.DataRecords())
        {
            Assert.True(read.TryAdd(seq, text) || string.Equals(read[seq], text, StringComparison.Ordinal), $"number {seq} twice");
            if (seq != fresh)
            {
                Assert.True(Appended.TryGetValue(seq, out string? appended), $"number {seq} was never appended");
                Assert.Equal(appended, text);
            }
        }

        (string Reason, long First, long Last, long Count)[] gaps = [.. Told, .. pages.Gaps()];
        foreach (long seq in Durable.Where(seq => !read.ContainsKey(seq) && !Confirmed.Contains(seq)))
        {
            Assert.True(mayLoseDurable || evicted?.Contains(seq) == true, $"number {seq} was durable and is gone");
            Assert.True(
                gaps.Where(gap => mayLoseDurable || IsEviction(gap.Reason)).Cover(seq), $"number {seq} is gone and no gap says so: {string.Join(' ', gaps)}");
        }

        foreach (long seq in Appended.Keys.Where(seq => !mayLoseDurable && !read.ContainsKey(seq) && !Confirmed.Contains(seq)))
        {
            Assert.True(gaps.Cover(seq), $"number {seq} was appended, is gone and no gap says so: {string.Join(' ', gaps)}");
        }

        return read.Count - 1;
    }

    /// <summary>Whether the reason of a gap is that the ring was full.</summary>
    public static bool IsEviction(string reason) => reason is nameof(LossReason.Evicted) or nameof(LossReason.Unconfirmed);
}
