using System.CommandLine;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki crl</c>: signs the revocation list.</summary>
internal sealed class CrlVerb(Surroundings surroundings, PassphraseOption passphrase)
{
    private readonly Argument<string> _authority = PkiNoun.NewAuthority();
    private readonly Option<string> _out = new("--out") { Description = "The file for the list, DER; replaced.", HelpName = "file", Required = true };
    private readonly Option<double?> _days = new("--days") { Description = "Days until the next list must be there: 7 for an issuing authority, 180 for a root, if left out.", HelpName = "number" };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("crl", "Signs the revocation list. Do it daily for an issuing authority: gateways refuse a list that has lapsed.");
        verb.Arguments.Add(_authority);
        verb.Options.Add(_out);
        verb.Options.Add(_days);
        passphrase.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        double? days = parsed.GetValue(_days);
        if (days is <= 0 or > 366)
        {
            throw new WrongUsageException($"--days {days}: it takes more than 0 and at most 366.");
        }

        using SigningRun run = await SigningRun.OpenAsync(parsed.GetRequiredValue(_authority), parsed, passphrase, surroundings.Time, stop);
        CrlReport report = await new ListSigning(run.Folder, run.Authority, surroundings.Time).SignAsync(parsed.GetRequiredValue(_out), days, stop);
        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }
}
