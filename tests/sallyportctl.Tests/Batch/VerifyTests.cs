using System.Text.Json;

namespace Sallyport.Ctl.Tests.Batch;

/// <summary><c>batch verify</c>, with recordings that another program sealed.</summary>
public sealed class VerifyTests
{
    private static readonly string[] Good = ["batch", "verify", "@recording.jsonl", "--key", "@keys.txt"];
    private static readonly string[] Spoiled = ["batch", "verify", "@recording-spoiled.jsonl", "--key", "@keys.txt"];

    [Fact]
    public async Task A_true_recording_is_proven()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync(Good));
        Golden.Match("batch-verify.txt", bench.Output);
    }

    [Fact]
    public async Task Everything_that_was_done_to_a_recording_is_named()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(Spoiled));
        Golden.Match("batch-verify-spoiled.txt", bench.Output);
    }

    [Fact]
    public async Task On_a_terminal_it_is_drawn()
    {
        using var bench = new Bench { IsTerminal = true };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(Spoiled));
        Golden.Match("batch-verify-spoiled-terminal.txt", bench.Output);
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync([.. Spoiled, "--json"]));
        Golden.Match("batch-verify-spoiled.json", bench.Output);
    }

    [Fact]
    public async Task With_rules_the_values_are_judged_too()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync([.. Good, "--rules", "@rules.json"]));
        Golden.Match("batch-verify-rules.txt", bench.Output);
    }

    [Fact]
    public async Task An_excerpt_is_proven_from_its_first_batch_on()
    {
        string excerpt = Path.GetTempFileName();
        try
        {
            string[] lines = await File.ReadAllLinesAsync(Bench.Fixture("recording.jsonl"), TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(excerpt, lines[2..], TestContext.Current.CancellationToken);
            using var strict = new Bench();
            Assert.Equal(ExitCode.Problems, await strict.RunAsync("batch", "verify", excerpt, "--key", "@keys.txt"));
            Assert.Contains("4 missing in records 0-3", strict.Output, StringComparison.Ordinal);
            using var bench = new Bench();
            Assert.Equal(ExitCode.Good, await bench.RunAsync("batch", "verify", excerpt, "--key", "@keys.txt", "--excerpt"));
        }
        finally
        {
            File.Delete(excerpt);
        }
    }

    [Fact]
    public async Task A_recording_may_come_in_several_files_and_twice()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("batch", "verify", "@recording.jsonl", "@recording.jsonl", "--key", "@keys.txt", "--json"));
        JsonElement ring = Assert.Single(JsonElement.Parse(bench.Output).GetProperty("rings").EnumerateArray());
        Assert.Equal((10, 10), (ring.GetProperty("batches").GetInt32(), ring.GetProperty("duplicates").GetInt32()));
    }

    [Theory]
    [InlineData("@points.csv", "@keys.txt", "points.csv:1: it is no recorded message")]
    [InlineData("@recording.jsonl", "@recording.jsonl", "recording.jsonl:1: it takes the number of the first epoch")]
    [InlineData("@recording.jsonl", "@nothing.txt", "nothing.txt")]
    public async Task A_file_that_is_something_else_is_wrong_usage_and_no_key_is_shown(string recording, string key, string complaint)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("batch", "verify", recording, "--key", key));
        Assert.Contains(complaint, bench.Errors, StringComparison.Ordinal);
        Assert.Empty(bench.Output);
    }

    [Fact]
    public async Task Rules_that_are_wrong_are_refused_with_their_place()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync([.. Good, "--rules", "@good.json"]));
        Assert.Contains("good.json: /points: give an array of rules, each for one point.", bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_single_batch_nothing_is_proven()
    {
        string empty = Path.GetTempFileName();
        try
        {
            using var bench = new Bench();
            Assert.Equal(ExitCode.Problems, await bench.RunAsync("batch", "verify", empty, "--key", "@keys.txt"));
            Assert.Equal("0 messages: there is no batch among them that proves anything.", bench.Output.Trim());
        }
        finally
        {
            File.Delete(empty);
        }
    }
}
