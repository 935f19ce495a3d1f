using System.CommandLine;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Identity;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture;

/// <summary><c>sallyportctl posture collect</c>: a dated report of the host.</summary>
internal sealed class CollectVerb(Surroundings surroundings)
{
    private readonly Option<string?> _out = new("--out") { Description = "File to replace, mode 0640; else the report goes to standard output.", HelpName = "file" };
    private readonly Option<string> _root = new("--root")
    {
        Description = "Folder that is the root of the box to look at. For another than / only files are read, and no program is asked.",
        HelpName = "folder",
        DefaultValueFactory = _ => "/",
    };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("collect", "Gathers what only the host sees: SSH, accounts, firewall, sockets, containers, volumes. Needs root; what it cannot see it says. Changes nothing.");
        verb.Options.Add(_out);
        verb.Options.Add(_root);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string root = parsed.GetRequiredValue(_root);
        if (!Directory.Exists(root))
        {
            throw new WrongUsageException($"{root}: there is no such folder.");
        }

        HostReport report = await HostCollector.CollectAsync(HostView.Of(root), surroundings.Time.GetUtcNow(), stop);
        byte[] json = HostReportJson.Encode(report);
        if (parsed.GetValue(_out) is not { } path)
        {
            await surroundings.Screen.Output.WriteAsync(System.Text.Encoding.UTF8.GetString(json));
            return (int)ExitCode.Good;
        }

        await DurableFile.ReplaceAsync(path, json, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, stop);
        surroundings.Screen.Note($"{path}: written.");
        return (int)ExitCode.Good;
    }
}
