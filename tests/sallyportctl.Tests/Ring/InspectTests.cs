using System.Text.Json;
using Sallyport.SealedRing.Devices;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Ring;

/// <summary><c>ring inspect</c>, on a ring file that the ring itself wrote.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly RingFixture _ring = new();

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task It_says_what_the_ring_tells_in_clear()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "inspect", _ring.Ring));
        Golden.Match("ring-inspect.txt", _ring.Tidy(bench.Output));
    }

    [Theory]
    [InlineData("ring-inspect.txt")]
    [InlineData("ring-verify-key.txt")]
    [InlineData("ring-wipe.txt")]
    public void The_operators_document_shows_what_is_so(string golden)
    {
        string document = File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "secure-buffer.md"));
        Assert.Contains("```\n" + File.ReadAllText(RepositoryRoot.Combine("tests", "sallyportctl.Tests", "Golden", golden)) + "```\n", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "inspect", _ring.Ring, "--json"));
        Golden.Match("ring-inspect.json", _ring.Tidy(bench.Output));
    }

    [Fact]
    public async Task It_changes_nothing_and_shows_neither_payload_nor_slot()
    {
        byte[] before = await File.ReadAllBytesAsync(_ring.Ring, TestContext.Current.CancellationToken);
        using var bench = new Bench();
        await bench.RunAsync("ring", "inspect", _ring.Ring, "--json");
        Assert.Equal(before, await File.ReadAllBytesAsync(_ring.Ring, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(RingFixture.Secret, bench.Output, StringComparison.Ordinal);
        Assert.Equal("device-key", Assert.Single(JsonElement.Parse(bench.Output).GetProperty("keySlots").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task What_is_spoiled_is_named()
    {
        _ring.Spoil(0);
        _ring.Spoil(((2 + 4 + (4 * 3)) * 4096) + 60);
        using (FileStream file = File.OpenWrite(_ring.Ring))
        {
            file.SetLength(file.Length - 4096);
        }

        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("ring", "inspect", _ring.Ring));
        Golden.Match("ring-inspect-spoiled.txt", _ring.Tidy(bench.Output));
    }

    [Fact]
    public async Task A_file_that_is_no_ring_is_wrong_usage()
    {
        foreach ((string name, byte[] content, string complaint) in ((string, byte[], string)[])
            [("empty", [], "it is no ring: it is blank"), ("blank", new byte[16384], "it is no ring: it is blank"), ("text", [.. Enumerable.Repeat((byte)'a', 9000)], "it is no ring: neither copy")])
        {
            await File.WriteAllBytesAsync(_ring[name], content, TestContext.Current.CancellationToken);
            await ComplainsAsync(_ring[name], complaint);
        }
    }

    [Fact]
    public async Task A_path_that_is_no_file_is_wrong_usage()
    {
        File.CreateSymbolicLink(_ring["link"], _ring.Ring);
        await ComplainsAsync(_ring["link"], "it is a symbolic link. Name the file itself.");
        await ComplainsAsync(_ring["nothing"], "there is no such file.");
        await ComplainsAsync(Path.GetDirectoryName(_ring.Ring)!, "it is a folder.");
    }

    [Fact]
    public async Task A_ring_in_use_is_left_alone()
    {
        using IBlockDevice device = Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(_ring.Ring)).Device;
        await ComplainsAsync(_ring.Ring, "another process uses it. Stop the module first.");
    }

    private static async Task ComplainsAsync(string path, string complaint)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("ring", "inspect", path));
        Assert.Contains(complaint, bench.Errors, StringComparison.Ordinal);
        Assert.Empty(bench.Output);
    }
}
