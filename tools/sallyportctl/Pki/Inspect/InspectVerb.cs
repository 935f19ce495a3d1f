using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Revocation;

namespace Sallyport.Ctl.Pki.Inspect;

/// <summary><c>sallyportctl pki inspect</c>: what is in certificates, and what the validator of the modules thinks of them.</summary>
internal sealed class InspectVerb(Surroundings surroundings)
{
    private const string Root = "It is a root: a link pins it and does not judge it. Compare its SHA-256 with that of whoever keeps it, on another way.";
    private const string Verifier = "It is a verifier's certificate: its key unwraps the keys of batches, and no link sees it.";

    private readonly Argument<string[]> _files = new("files")
    {
        Description = "Certificates, PEM or DER: the one that is judged first, then its issuers, in one file or several.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _roots = new("--root") { Description = "The only roots that count, PEM or DER; may be given several times. Nothing else is trusted.", HelpName = "file" };
    private readonly Option<string?> _profile = new("--profile") { Description = $"Judge for one link alone: {LinkWord.Words}.", HelpName = "word" };
    private readonly Option<string?> _name = new("--name") { Description = "The host that is dialled, or the device id; what the certificate says if left out.", HelpName = "name" };
    private readonly Option<string[]> _lists = new("--crl") { Description = "A revocation list, DER or PEM; may be given several times. Then each certificate below the root needs one.", HelpName = "file" };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("inspect", "Shows certificates, and says which links they are good for and why not for the others, as the modules judge.");
        verb.Arguments.Add(_files);
        foreach (Option option in (Option[])[_roots, _profile, _name, _lists])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        LinkWord? link = parsed.GetValue(_profile) is { } word ? LinkWord.Of(word) : null;
        X509Certificate2Collection chain = [.. parsed.GetRequiredValue(_files).SelectMany(CertificateFiles.Read)];
        X509Certificate2Collection roots = [.. (parsed.GetValue(_roots) ?? []).SelectMany(CertificateFiles.Read)];
        string[] paths = parsed.GetValue(_lists) ?? [];
        using RevocationStore? lists = paths.Length == 0 ? null : Inspection.Read(paths, [.. chain, .. roots], surroundings.Time);
        var inspection = new Inspection(chain, roots, lists, surroundings.Time);
        string? role = link is not null ? null : inspection.IsRoot ? Root : inspection.IsVerifier ? Verifier : null;
        InspectReport report = new(
            chain,
            role,
            role is null ? inspection.Judge(link is null ? LinkWord.For(chain[0]) : [link], parsed.GetValue(_name)) : [],
            role is not null ? [] : [.. Remarks(roots.Count > 0, lists is not null)],
            surroundings.Time.GetUtcNow());
        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }

    private static IEnumerable<string> Remarks(bool hasRoots, bool hasLists) =>
    [
        .. hasRoots ? Array.Empty<string>() : ["No root was given, so nothing is trusted: give --root."],
        .. hasLists ? Array.Empty<string>() : ["Whether it is revoked was not looked at: give --crl."],
    ];
}
