using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Placing;

namespace Sallyport.SealedRing.Tests;

/// <summary>Rings of tests in files.</summary>
internal static class TestPlace
{
    public const int DefaultBytes = 512 * 1024;

    public static RingFolder NewFolder() => new(TestRing.Options, [TestRing.Wrapper], new FakeTimeProvider(TestRing.Noon.Wall));

    public static Task<RingPlacement> OpenAsync(string path, long size = DefaultBytes) => NewFolder().OpenAsync(path, size, snapshotBlocks: 5, TestContext.Current.CancellationToken);

    public static async Task<RingPlacement.Opened> OpenedAsync(string path, long size = DefaultBytes) =>
        Assert.IsType<RingPlacement.Opened>(await OpenAsync(path, size));

    public static async Task<string> UnusableAsync(string path) => Assert.IsType<RingPlacement.Unusable>(await OpenAsync(path)).Advice;

    public static void Append(RingPlacement.Opened place, string text)
    {
        PageRing ring = place.Opening.Ring;
        Assert.True(ring.TryAppend(System.Text.Encoding.ASCII.GetBytes(text), TestRing.Data, 0, TestRing.Noon, out _));
        CommitWork work = ring.Prepare()!;
        Assert.True(work.TryRun(place.Opening.Device, out DeviceFault fault), fault.ToString());
        ring.Complete(work, isDurable: true);
    }

    public static void Close(RingPlacement.Opened place)
    {
        place.Opening.Ring.Dispose();
        place.Opening.Device.Dispose();
    }
}
