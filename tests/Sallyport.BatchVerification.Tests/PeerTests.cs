using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.BatchVerification.Tests;

/// <summary>Seals are judged by a program that shares nothing with this repository but docs/formats/batch.md.</summary>
public sealed class PeerTests
{
    [Fact]
    public async Task Every_seal_of_a_ring_is_good_for_an_independent_program_and_every_edit_is_bad()
    {
        string python = Peer.Require("python3");
        using var vault = new Vault();
        List<HubMessage> stream = StreamPropertyTests.TrueStream(vault);
        using (Gateway crashed = Gateway.Open(vault))
        {
            crashed.Append(quality: Quality.Bad);
            crashed.Append(quality: null);
            crashed.Commit();
            using Gateway recovered = Gateway.Open(vault, crashed.Device.Image());
            stream.AddRange(recovered.Drain());
        }

        Assert.Contains(stream, message => message.Properties.ContainsKey("sp-recovered"));
        Assert.Contains(stream, message => message.Properties.ContainsKey("sp-gap"));
        HubMessage[] edited =
        [
            .. stream.Select(message => message.WithBody(body => body[^4] ^= 1)),
            .. stream.Select(message => message.With("sp-lost", "1000")),
            .. stream.Select(message => message.With("quality", message.Properties.ContainsKey("quality") ? null : "Good")),
        ];
        string[] words = await JudgeAsync(python, vault, [.. stream, .. edited]);
        Assert.Equal([.. stream.Select(_ => "good"), .. edited.Select(_ => "bad")], words);
    }

    [Fact]
    public async Task The_example_of_the_document_is_good_for_the_verifier_and_for_an_independent_program()
    {
        string python = Peer.Require("python3");
        string[] lines = await File.ReadAllLinesAsync(RepositoryRoot.Combine("docs", "formats", "batch.md"), TestContext.Current.CancellationToken);
        HubMessage message = new()
        {
            MessageId = "example",
            Body = System.Text.Encoding.UTF8.GetBytes(lines.Single(line => line.StartsWith("{\"schema\"", StringComparison.Ordinal))),
        };
        foreach (string line in lines.Where(line => Regex.IsMatch(line, "^(sp-[a-z]+|schema|msgType|source): ", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))))
        {
            message = message.With(line.Split(": ")[0], line.Split(": ")[1]);
        }

        string root = lines.Single(line => line.StartsWith("| root of epoch 1", StringComparison.Ordinal)).Split('`')[1];
        using var vault = new Vault();
        vault.Known.Add(vault.Roots.Add(SealedRing.Keys.SecretKey.Copy(Convert.FromHexString(root)), 1), (Convert.FromHexString(root), 1));
        using BatchVerifier verifier = vault.Verifier(new VerifierOptions { IsExcerpt = true });
        Assert.IsType<BatchVerdict.Ok>(verifier.Accept(message));
        Assert.Equal(["good"], await JudgeAsync(python, vault, [message]));
    }

    private static async Task<string[]> JudgeAsync(string python, Vault vault, IReadOnlyCollection<HubMessage> messages)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Peers", "judge_batches.py")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process judge = Process.Start(start)!;
        Task<string> words = judge.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (HubMessage message in messages)
        {
            (byte[] root, long epoch) = vault.Known[StreamJson.Identity(message.Properties["sp-kid"])];
            await judge.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new
            {
                root = Convert.ToHexStringLower(root),
                firstEpoch = epoch,
                properties = message.Properties.ToDictionary(property => property.Key, property => property.Value, StringComparer.Ordinal),
                body = Convert.ToBase64String(message.Body.Span),
            }));
        }

        judge.StandardInput.Close();
        string[] answers = (await words).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await judge.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, judge.ExitCode);
        return answers;
    }
}
