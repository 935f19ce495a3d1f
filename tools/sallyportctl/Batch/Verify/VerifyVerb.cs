using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using Sallyport.BatchVerification;
using Sallyport.BatchVerification.Content;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary><c>sallyportctl batch verify</c>: says of recorded messages what they prove.</summary>
internal sealed class VerifyVerb(Surroundings surroundings)
{
    // A forged number costs an operator's computer a second at most, and nobody else.
    private const long MostSteps = 1 << 20;

    private readonly Argument<string[]> _files = new("file")
    {
        Description = "Recorded messages in the order of their arrival, one a line: {\"properties\":{…},\"body\":\"…\"}, or \"bodyBase64\" in place of \"body\".",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _key = new("--key")
    {
        Description = "A file with the roots that announcements brought: a line for each chain with the number of its first epoch, a blank, and the root in hexadecimal digits.",
        HelpName = "file",
        Required = true,
    };

    private readonly Option<bool> _excerpt = new("--excerpt")
    {
        Description = "The recording begins somewhere in the life of its rings; otherwise what is missing from the first record on is told.",
    };

    private readonly Option<string?> _rules = new("--rules")
    {
        Description = "A file with plausible ranges of points; with it the frames of readers are checked too: all there, in order, none from the past. See docs/formats/batch.md.",
        HelpName = "file",
    };

    private readonly Option<string?> _checkpointKey = new("--checkpoint-key")
    {
        Description = "A file with the public half of the device's key for checkpoints (P-256, PEM): says how far the device has signed.",
        HelpName = "file",
    };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("verify", "Proves that recorded batches are what the gateway sealed: none forged, taken away, repeated or rearranged without being named.");
        verb.Arguments.Add(_files);
        verb.Options.Add(_key);
        verb.Options.Add(_excerpt);
        verb.Options.Add(_rules);
        verb.Options.Add(_checkpointKey);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        bool isExcerpt = parsed.GetValue(_excerpt);
        ContentCheck? content = parsed.GetValue(_rules) is { } rules ? new ContentCheck(RulesOf(rules), isExcerpt) : null;
        using ChainRoots roots = KeyFile.Read(parsed.GetRequiredValue(_key));
        using ECDsa? device = parsed.GetValue(_checkpointKey) is { } path ? CheckpointKeyFile.Read(path) : null;
        using var verifier = new BatchVerifier(roots, new VerifierOptions { IsExcerpt = isExcerpt, MostSteps = MostSteps, CheckpointKey = device });
        using var traces = new VerificationTraces();
        using IDisposable? export = TraceExport.Open(surroundings.Variable);
        var problems = ImmutableArray.CreateBuilder<BatchProblem>();
        long messages = 0;
        foreach (RecordedMessage message in parsed.GetRequiredValue(_files).SelectMany(RecordedMessage.Read))
        {
            messages++;
            DateTimeOffset began = surroundings.Time.GetUtcNow();
            BatchVerdict verdict = verifier.Accept(message.Properties, message.Body);
            traces.Judged(message.Properties, verdict, began, surroundings.Time.GetUtcNow());
            if (ProblemOf(message, verdict) is { } problem)
            {
                problems.Add(problem);
            }

            if (verdict.Checkpoint is CheckpointVerdict.Bad)
            {
                problems.Add(new BatchProblem(message, "checkpoint", "", "the device did not sign this batch"));
            }

            problems.AddRange((content?.Accept(verdict) ?? []).Select(finding => FindingWords.ProblemOf(message, finding)));
        }

        VerificationSummary summary = verifier.Finish();
        problems.AddRange(summary.Streams.SelectMany(MissingOf));
        problems.AddRange((content?.Finish(summary) ?? []).Select(finding => FindingWords.ProblemOf(message: null, finding)));
        return surroundings.Screen.Give(new VerifyReport(messages, summary, problems.ToImmutable()) { AreCheckpointsRead = device is not null }, parsed.GetValue(CommandTree.Json));
    }

    private static ContentRules RulesOf(string path) => ContentRulesReader.Read(File.ReadAllBytes(path)) switch
    {
        ContentRulesReading.Accepted accepted => accepted.Rules,
        ContentRulesReading.Refused refused => throw new WrongUsageException($"{path}: {(refused.Pointer.Length == 0 ? "the document" : refused.Pointer)}: {refused.Reason}."),
        _ => throw new WrongUsageException($"{path}: it cannot be read."),
    };

    private static BatchProblem? ProblemOf(RecordedMessage message, BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Forged forged => new BatchProblem(message, "forged", "", forged.Reason),
        BatchVerdict.Fork fork => new BatchProblem(
            message, "fork", RingOf(fork.Batch.Fields.Buffer), FormattableString.Invariant($"page {fork.Batch.Page}: {ForkWords.For(fork.Sign)}")),
        _ => null,
    };

    private static IEnumerable<BatchProblem> MissingOf(StreamSummary ring)
    {
        string name = RingOf(ring.Buffer);
        foreach (MissingRecords missing in ring.Missing.Where(missing => MissingWords.IsProblem(missing.Kind)))
        {
            yield return new BatchProblem(
                Message: null, MissingWords.For(missing.Kind), name, FormattableString.Invariant($"{missing.Count} missing in records {missing.Range}; {MissingWords.Meaning(missing.Kind)}"));
        }

        foreach ((MissingKind kind, long count) in ring.Settled.Where(settled => settled.Value > 0 && MissingWords.IsProblem(settled.Key)))
        {
            yield return new BatchProblem(Message: null, MissingWords.For(kind), name, FormattableString.Invariant($"{count} more missing before; {MissingWords.Meaning(kind)}"));
        }

        if (ring.CountOf(MissingKind.Lost) > ring.LostTold)
        {
            yield return new BatchProblem(
                Message: null, "doubtful", name, FormattableString.Invariant($"gap records account for {ring.CountOf(MissingKind.Lost)} missing records, and the ring lost {ring.LostTold}"));
        }
    }

    internal static string RingOf(UInt128 buffer) => FormattableString.Invariant($"{buffer:x32}");
}
