using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Inspection;

namespace Sallyport.Ctl.Ring.Wipe;

/// <summary><c>sallyportctl ring wipe</c>: destroys a ring that no process uses, its keys first, and takes its file away.</summary>
internal sealed class WipeVerb(Surroundings surroundings)
{
    // Eight digits of an id name one ring among all that a plant will ever have.
    private const int FewestDigits = 8;

    private readonly Argument<string> _file = RingNoun.NewFile();

    private readonly Option<string> _confirm = new("--confirm")
    {
        Description = $"The first {FewestDigits} or more digits of the ring's id, as \"ring inspect\" shows it: so that the wrong file is not destroyed.",
        HelpName = "id",
        Required = true,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "A new file for the report, as JSON.",
        HelpName = "file",
    };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("wipe", "Destroys a ring for good: its keys, then everything else, then the file. An interrupted wipe goes on when it is repeated or the module starts.");
        verb.Arguments.Add(_file);
        verb.Options.Add(_confirm);
        verb.Options.Add(_out);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string path = parsed.GetRequiredValue(_file);
        using IBlockDevice device = RingTarget.Open(path, isReadOnly: false);
        RingFindings findings = RingTarget.Inspect(path, device);
        RequireConfirmation(path, findings, parsed.GetRequiredValue(_confirm));

        // Before anything is destroyed: the report is worth as much as the wipe.
        await using FileStream? file = parsed.GetValue(_out) is { } target ? new FileStream(target, FileMode.CreateNew, FileAccess.Write) : null;
        WipeOutcome outcome = await surroundings.Screen.ProgressAsync("Wiping", show => Task.FromResult(Wipe(device, path, show)));
        var report = new WipeReportOf(path, findings, outcome);
        if (file is not null)
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(Terminal.Screen.Json(report)), stop);
            await file.FlushAsync(stop);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }

    private static void RequireConfirmation(string path, RingFindings findings, string confirm)
    {
        if (confirm.Length < FewestDigits || !RingWords.IdOf(findings.Buffer).StartsWith(confirm, StringComparison.OrdinalIgnoreCase))
        {
            throw new WrongUsageException(
                $"--confirm {confirm}: it takes the first {FewestDigits} or more digits of the id of the ring in {path}. Nothing was destroyed; \"{Terminal.Screen.Program} ring inspect {path}\" shows the id.");
        }
    }

    private WipeOutcome Wipe(IBlockDevice device, string path, Action<double, string> show)
    {
        var wipe = new RingWipe(device, RandomNumberGenerator.Fill, surroundings.Time) { Progress = done => show((double)done / device.Length, path) };
        WipeOutcome outcome = wipe.RunUnopened();

        // A partition stays, blank.
        return outcome is WipeOutcome.Wiped && File.Exists(path) && !path.StartsWith("/dev/", StringComparison.Ordinal) && !FileDevice.TryRemove(path, out DeviceFault fault)
            ? new WipeOutcome.Interrupted(WipeStep.Blank, fault)
            : outcome;
    }
}
