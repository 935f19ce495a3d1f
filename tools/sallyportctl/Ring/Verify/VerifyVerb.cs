using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Inspection;
using Sallyport.SealedRing.Keys;

namespace Sallyport.Ctl.Ring.Verify;

/// <summary><c>sallyportctl ring verify</c>: proves what can be proven of a ring, and says what cannot.</summary>
internal sealed class VerifyVerb(Surroundings surroundings)
{
    private readonly Argument<string> _file = RingNoun.NewFile();

    private readonly Option<string?> _key = new("--key-file")
    {
        Description = "The device key that a slot is wrapped for (P-256, PKCS#8, PEM), for instance development-key.pem beside the ring. With it tags and chain are proven too.",
        HelpName = "file",
    };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("verify", "Proves a ring as far as it can, and says what it could not. It only reads: no epoch begins, nothing is recovered, no record is shown.");
        verb.Arguments.Add(_file);
        verb.Options.Add(_key);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string path = parsed.GetRequiredValue(_file);
        using FileKeyAgreement? key = parsed.GetValue(_key) is { } keyFile ? KeyOf(keyFile) : null;
        using IBlockDevice device = RingTarget.Open(path, isReadOnly: true);
        RingFindings findings = RingTarget.Inspect(path, device);
        ImmutableArray<IKeyWrapper> wrappers = key is null ? [] : [new DeviceKeyWrapper(key)];
        RingVerification? verification = key is null ? null : await new RingVerifier(wrappers).VerifyAsync(device, stop);
        return surroundings.Screen.Give(new VerifyReport(path, findings, verification), parsed.GetValue(CommandTree.Json));
    }

    // Opening makes a key where there is none, which is not what somebody wants who mistyped.
    private static FileKeyAgreement KeyOf(string path) => (File.Exists(path) ? FileKeyAgreement.Open(path) : new KeyFileOpening.Refused($"{path}: there is no such file")) switch
    {
        KeyFileOpening.Opened opened => opened.Key,
        KeyFileOpening.Refused refused => throw new WrongUsageException($"{refused.Reason}."),
        _ => throw new WrongUsageException($"{path}: it cannot be read."),
    };
}
