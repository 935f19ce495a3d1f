using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.BatchVerification;

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

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("verify", "Proves that recorded batches are what the gateway sealed: none forged, taken away, repeated or rearranged without being named.");
        verb.Arguments.Add(_files);
        verb.Options.Add(_key);
        verb.Options.Add(_excerpt);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        using ChainRoots roots = KeyFile.Read(parsed.GetRequiredValue(_key));
        using var verifier = new BatchVerifier(roots, new VerifierOptions { IsExcerpt = parsed.GetValue(_excerpt), MostSteps = MostSteps });
        var problems = ImmutableArray.CreateBuilder<BatchProblem>();
        long messages = 0;
        foreach (RecordedMessage message in parsed.GetRequiredValue(_files).SelectMany(RecordedMessage.Read))
        {
            messages++;
            BatchVerdict verdict = verifier.Accept(message.Properties, message.Body);
            if (ProblemOf(message, verdict) is { } problem)
            {
                problems.Add(problem);
            }
        }

        VerificationSummary summary = verifier.Finish();
        problems.AddRange(summary.Streams.SelectMany(MissingOf));
        return surroundings.Screen.Give(new VerifyReport(messages, summary, problems.ToImmutable()), parsed.GetValue(CommandTree.Json));
    }

    private static BatchProblem? ProblemOf(RecordedMessage message, BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Forged forged => new BatchProblem($"{message.File}:{message.Line}", "forged", "", forged.Reason),
        BatchVerdict.Fork fork => new BatchProblem(
            $"{message.File}:{message.Line}", "fork", RingOf(fork.Batch.Fields.Buffer), FormattableString.Invariant($"page {fork.Batch.Page}: {ForkWords.For(fork.Sign)}")),
        _ => null,
    };

    private static IEnumerable<BatchProblem> MissingOf(StreamSummary ring) =>
        from missing in ring.Missing
        where missing.Kind is MissingKind.Unexplained or MissingKind.Doubtful
        select new BatchProblem(
            "",
            missing.Kind is MissingKind.Unexplained ? "unexplained" : "doubtful",
            RingOf(ring.Buffer),
            FormattableString.Invariant($"{missing.Count} missing in records {missing.Range}; {(missing.Kind is MissingKind.Unexplained ? "no gap record speaks of them" : "a gap record covers them and does not count them")}"));

    internal static string RingOf(UInt128 buffer) => FormattableString.Invariant($"{buffer:x32}");
}
