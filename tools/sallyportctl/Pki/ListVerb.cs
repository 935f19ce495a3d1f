using System.CommandLine;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki list</c>: what an authority signed.</summary>
internal sealed class ListVerb(Surroundings surroundings)
{
    private readonly Argument<string> _authority = PkiNoun.NewAuthority();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("list", "Shows what an authority signed, what is about to end and what is revoked.");
        verb.Arguments.Add(_authority);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        var folder = AuthorityFolder.Open(parsed.GetRequiredValue(_authority));
        return surroundings.Screen.Give(new RegisterReport(folder, surroundings.Time.GetUtcNow()), parsed.GetValue(CommandTree.Json));
    }
}
