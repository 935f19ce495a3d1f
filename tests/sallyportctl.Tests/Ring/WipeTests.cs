using System.Security.Cryptography;
using System.Text.Json;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;

namespace Sallyport.Ctl.Tests.Ring;

/// <summary><c>ring wipe</c>: the right file or none.</summary>
public sealed class WipeTests : IDisposable
{
    private readonly RingFixture _ring = new();

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task The_ring_is_destroyed_and_reported()
    {
        using var bench = new Bench { Time = RingFixture.Time };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "wipe", _ring.Ring, "--confirm", RingFixture.Id[..8], "--out", _ring["report.json"]));
        Golden.Match("ring-wipe.txt", _ring.Tidy(bench.Output));
        Golden.Match("ring-wipe.json", _ring.Tidy(await File.ReadAllTextAsync(_ring["report.json"], TestContext.Current.CancellationToken)));
        Assert.False(File.Exists(_ring.Ring));
    }

    [Fact]
    public async Task Every_block_is_overwritten_before_the_file_goes()
    {
        // A second name shows what the wipe left of the blocks.
        string second = _ring["second"];
        await HardLinkAsync(_ring.Ring, second);
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "wipe", _ring.Ring, "--confirm", RingFixture.Id, "--json"));
        Assert.True(JsonElement.Parse(bench.Output).GetProperty("wiped").GetBoolean());
        Assert.False((await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken)).AsSpan().ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData("00010203ff")]
    [InlineData("0001020")]
    [InlineData("")]
    public async Task Without_the_beginning_of_its_id_nothing_is_destroyed(string confirm)
    {
        byte[] before = await File.ReadAllBytesAsync(_ring.Ring, TestContext.Current.CancellationToken);
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("ring", "wipe", _ring.Ring, "--confirm", confirm));
        Assert.Contains("Nothing was destroyed", bench.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_ring.Ring, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_report_that_would_go_over_another_file_stops_the_wipe()
    {
        await File.WriteAllTextAsync(_ring["report.json"], "mine", TestContext.Current.CancellationToken);
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("ring", "wipe", _ring.Ring, "--confirm", RingFixture.Id, "--out", _ring["report.json"]));
        Assert.True(File.Exists(_ring.Ring));
    }

    [Fact]
    public async Task A_ring_in_use_and_a_link_are_left_alone()
    {
        File.CreateSymbolicLink(_ring["link"], _ring.Ring);
        using (Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(_ring.Ring)).Device)
        {
            using var bench = new Bench();
            Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("ring", "wipe", _ring.Ring, "--confirm", RingFixture.Id));
            Assert.Contains("another process uses it", bench.Errors, StringComparison.Ordinal);
        }

        using var second = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await second.RunAsync("ring", "wipe", _ring["link"], "--confirm", RingFixture.Id));
        Assert.Contains("symbolic link", second.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(_ring.Ring));
    }

    [Fact]
    public async Task A_wipe_that_was_interrupted_goes_on()
    {
        using (IBlockDevice device = Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(_ring.Ring)).Device)
        {
            Assert.Throws<IOException>(() => new RingWipe(device, RandomNumberGenerator.Fill, TimeProvider.System)
            {
                Progress = _ => throw new IOException("the plug is pulled"),
            }.RunUnopened());
        }

        using var look = new Bench();
        Assert.Equal(ExitCode.Problems, await look.RunAsync("ring", "inspect", _ring.Ring));
        Assert.Contains("a wipe has begun", look.Output, StringComparison.Ordinal);
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "wipe", _ring.Ring, "--confirm", RingFixture.Id, "--json"));
        JsonElement report = JsonElement.Parse(bench.Output);
        Assert.Equal((true, 5, 6), (report.GetProperty("resumed").GetBoolean(), report.GetProperty("lastSeq").GetInt32(), report.GetProperty("unsentRecords").GetInt32()));
    }

    private static async Task HardLinkAsync(string from, string to)
    {
        using var link = System.Diagnostics.Process.Start("ln", [from, to]);
        await link.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, link.ExitCode);
    }
}
