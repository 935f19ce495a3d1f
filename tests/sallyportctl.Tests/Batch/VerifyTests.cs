using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

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
    public async Task With_the_key_of_the_device_it_says_how_far_the_device_has_signed_and_what_it_did_not()
    {
        using var folder = new TemporaryFolder();
        using ECDsa device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] lines = await File.ReadAllLinesAsync(Bench.Fixture("recording.jsonl"), TestContext.Current.CancellationToken);
        lines[2] = Signed(lines[2], device);
        string key = folder.Write("device.pem", device.ExportSubjectPublicKeyInfoPem());
        string good = folder.Write("good.jsonl", string.Join('\n', lines));
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("batch", "verify", good, "--key", "@keys.txt", "--checkpoint-key", key));
        Golden.Match("batch-verify-checkpoints.txt", bench.Output);

        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        lines[3] = Signed(lines[3], other);
        string bad = folder.Write("bad.jsonl", string.Join('\n', lines));
        using var strict = new Bench();
        Assert.Equal(ExitCode.Problems, await strict.RunAsync("batch", "verify", bad, "--key", "@keys.txt", "--checkpoint-key", key));
        Assert.Contains("the device did not sign this batch", strict.Output, StringComparison.Ordinal);

        using var wrong = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await wrong.RunAsync("batch", "verify", good, "--key", "@keys.txt", "--checkpoint-key", good));
        Assert.Contains("it holds no public P-256 key", wrong.Errors, StringComparison.Ordinal);
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

    // From docs/formats/batch.md, and from nothing else.
    private static string Signed(string line, ECDsa device)
    {
        JsonNode message = JsonNode.Parse(line)!;
        JsonNode properties = message["properties"]!;
        string[] epoch = properties["sp-epoch"]!.GetValue<string>().Split(':');
        const string Time = "1795694400000";
        byte[] signed =
        [
            .. "sallyport.checkpoint/1\0"u8, .. Convert.FromHexString(properties["sp-buffer"]!.GetValue<string>()[..32]), .. Bytes(epoch[0]), .. Convert.FromHexString(epoch[1]),
            .. Bytes(properties["sp-page"]!.GetValue<string>()), .. Convert.FromHexString(properties["sp-mac"]!.GetValue<string>()),
            .. Bytes(properties["sp-seq"]!.GetValue<string>(), properties["sp-count"]!.GetValue<string>()), .. Bytes(Time),
        ];
        properties["sp-checkpoint"] = $"{Time}:{Convert.ToHexStringLower(device.SignData(signed, HashAlgorithmName.SHA256))}";
        return message.ToJsonString();
    }

    private static byte[] Bytes(string number, string plus = "1")
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, long.Parse(number, CultureInfo.InvariantCulture) + long.Parse(plus, CultureInfo.InvariantCulture) - 1);
        return bytes;
    }
}
