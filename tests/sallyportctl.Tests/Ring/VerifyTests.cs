namespace Sallyport.Ctl.Tests.Ring;

/// <summary><c>ring verify</c>, without and with the key.</summary>
public sealed class VerifyTests : IDisposable
{
    private const long FirstPage = (2 + 4 + (4 * 3)) * 4096;

    private readonly RingFixture _ring = new();

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task Without_the_key_it_says_what_it_could_not_check()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "verify", _ring.Ring));
        Golden.Match("ring-verify.txt", _ring.Tidy(bench.Output));
    }

    [Fact]
    public async Task With_the_key_tags_and_chain_are_proven()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "verify", _ring.Ring, "--key-file", _ring.Key));
        Golden.Match("ring-verify-key.txt", _ring.Tidy(bench.Output));
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "verify", _ring.Ring, "--key-file", _ring.Key, "--json"));
        Golden.Match("ring-verify-key.json", _ring.Tidy(bench.Output));
    }

    [Fact]
    public async Task It_begins_no_epoch_and_shows_no_record()
    {
        byte[] before = await File.ReadAllBytesAsync(_ring.Ring, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_ring.Ring, UnixFileMode.UserRead);
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("ring", "verify", _ring.Ring, "--key-file", _ring.Key));
        Assert.Equal(before, await File.ReadAllBytesAsync(_ring.Ring, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(RingFixture.Secret, bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_that_was_changed_behind_a_header_is_seen_with_the_key_only()
    {
        _ring.Spoil(FirstPage + 200);
        using var without = new Bench();
        Assert.Equal(ExitCode.Good, await without.RunAsync("ring", "verify", _ring.Ring));
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("ring", "verify", _ring.Ring, "--key-file", _ring.Key));
        Golden.Match("ring-verify-spoiled.txt", _ring.Tidy(bench.Output));
    }

    [Fact]
    public async Task A_key_of_another_ring_proves_nothing()
    {
        using var other = new RingFixture();
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("ring", "verify", _ring.Ring, "--key-file", other.Key));
        Assert.Contains("the slot was wrapped for another device key", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_is_none_is_wrong_usage_and_none_is_made()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("ring", "verify", _ring.Ring, "--key-file", _ring["nothing.pem"]));
        Assert.Contains("there is no such file", bench.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_ring["nothing.pem"]));
    }
}
