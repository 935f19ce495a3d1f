using System.CommandLine;
using System.Globalization;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpOriginator.Listing;

namespace Sallyport.Ctl.Eip;

/// <summary><c>sallyportctl eip browse</c>: which tags a controller has.</summary>
internal sealed class BrowseVerb(Surroundings surroundings)
{
    private readonly ControllerOptions _controller = new();
    private readonly Option<string> _filter = new("--filter")
    {
        Description = "Only tags whose name begins so, whatever the case.",
        HelpName = "beginning",
        DefaultValueFactory = static _ => "",
    };

    private readonly Option<bool> _twin = new("--twin") { Description = "Desired properties of EtherNetIpReader that read all of them, ready to be cut down and pasted." };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        Command verb = _controller.AddTo(new Command("browse", "Lists the tags of a controller with their types and what others may do with them."));
        verb.Options.Add(_filter);
        verb.Options.Add(_twin);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Screen screen = surroundings.Screen;
        ControllerPlan plan = _controller.Plan(parsed).Controller;
        await using IController controller = surroundings.OpenController(plan);
        IdentifyOutcome identity = await controller.IdentifyAsync(cancellationToken);
        if (identity is IdentifyOutcome.NotReached silent)
        {
            screen.Complain(ReachAdvice.Of(plan, silent.Reason));
            return (int)ExitCode.Problems;
        }

        BrowseOutcome outcome = await screen.ProgressAsync("Tags", async progress => await controller.BrowseAsync(
            new Counting(count => progress(0, string.Create(CultureInfo.InvariantCulture, $"{count} found"))), cancellationToken));
        if (outcome is not BrowseOutcome.Browsed browsed)
        {
            screen.Complain($"The controller does not list its tags: {((BrowseOutcome.Failed)outcome).Reason}. \"eip read\" reads a tag whose name you know.");
            return (int)ExitCode.Problems;
        }

        var tags = ReadableTags.Of(browsed.Tags);
        string filter = parsed.GetValue(_filter) ?? "";
        if (!parsed.GetValue(_twin))
        {
            return screen.Give(new BrowseReport(plan, tags, filter), parsed.GetValue(CommandTree.Json));
        }

        IdentityObject? who = (identity as IdentifyOutcome.Identified)?.Identity;
        var draft = new TwinDraft(_controller.Twin(parsed), who, tags, filter);
        screen.Note(draft.Notes);
        screen.Line(draft.Text);
        return (int)ExitCode.Good;
    }

    private sealed class Counting(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
