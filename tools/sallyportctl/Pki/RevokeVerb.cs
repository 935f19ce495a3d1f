using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki revoke</c>: takes a certificate's trust away, and signs the list that says so.</summary>
internal sealed class RevokeVerb(Surroundings surroundings, PassphraseOption passphrase)
{
    private static readonly Dictionary<string, X509RevocationReason> Reasons = new(StringComparer.Ordinal)
    {
        ["keyCompromise"] = X509RevocationReason.KeyCompromise,
        ["superseded"] = X509RevocationReason.Superseded,
        ["cessationOfOperation"] = X509RevocationReason.CessationOfOperation,
        ["affiliationChanged"] = X509RevocationReason.AffiliationChanged,
        ["privilegeWithdrawn"] = X509RevocationReason.PrivilegeWithdrawn,
        ["unspecified"] = X509RevocationReason.Unspecified,
    };

    private readonly Argument<string> _authority = PkiNoun.NewAuthority();
    private readonly Option<string> _serial = new("--serial") { Description = "The certificate's serial number, hexadecimal, as \"pki list\" shows it.", HelpName = "number", Required = true };
    private readonly Option<string> _reason = new("--reason") { Description = $"Why: {string.Join(", ", Reasons.Keys)}. keyCompromise for a stolen gateway.", HelpName = "word", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The file for the new list, DER; replaced.", HelpName = "file", Required = true };

    /// <summary>The reason of a word in a register.</summary>
    public static X509RevocationReason ReasonOf(RegisteredCertificate revoked) => Reasons.GetValueOrDefault(revoked.Reason ?? "", X509RevocationReason.Unspecified);

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("revoke", "Revokes a certificate for good and signs the new list. The list has to be served before anybody knows.");
        verb.Arguments.Add(_authority);
        verb.Options.Add(_serial);
        verb.Options.Add(_reason);
        verb.Options.Add(_out);
        passphrase.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string reason = parsed.GetRequiredValue(_reason);
        if (!Reasons.ContainsKey(reason))
        {
            throw new WrongUsageException($"--reason {reason}: it takes one of {string.Join(", ", Reasons.Keys)}.");
        }

        using SigningRun run = await SigningRun.OpenAsync(parsed.GetRequiredValue(_authority), parsed, passphrase, surroundings.Time, stop);
        string serial = parsed.GetRequiredValue(_serial).Replace(":", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
        RegisteredCertificate line = run.Folder.Record.Certificates.FirstOrDefault(one => string.Equals(one.Serial, serial, StringComparison.Ordinal))
            ?? throw new WrongUsageException($"--serial {serial}: this authority never signed it. \"{Terminal.Screen.Program} pki list {run.Folder.Path}\" shows what it signed.");
        if (line.Revoked is { } since)
        {
            throw new WrongUsageException($"{serial} of {line.Subject} is revoked since {CertificateWords.Moment(since)} already.");
        }

        RegisteredCertificate revoked = line with { Revoked = surroundings.Time.GetUtcNow(), Reason = reason };
        AuthorityFolder folder = await run.Folder.SaveAsync(
            run.Folder.Record with { Certificates = [.. run.Folder.Record.Certificates.Select(one => one == line ? revoked : one)] }, stop);
        CrlReport list = await new ListSigning(folder, run.Authority, surroundings.Time).SignAsync(parsed.GetRequiredValue(_out), days: null, stop);
        return surroundings.Screen.Give(new RevokeReport(revoked, list), parsed.GetValue(CommandTree.Json));
    }
}
