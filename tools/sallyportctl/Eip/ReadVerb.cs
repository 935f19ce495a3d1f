using System.CommandLine;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Eip;

/// <summary><c>sallyportctl eip read</c>: reads tags once.</summary>
internal sealed class ReadVerb(Surroundings surroundings)
{
    private readonly ControllerOptions _controller = new();
    private readonly Argument<string[]> _tags = new("tag")
    {
        Description = "Tags as the programmer writes them: Speed, Line1.Speed, Zones[4], Program:Main.Count, Alarms.5.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        Command verb = _controller.AddTo(new Command("read", "Reads tags of a controller. It only reads; there is nothing in it that could write."));
        verb.Arguments.Add(_tags);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SourcePlan source = _controller.Plan(parsed, parsed.GetRequiredValue(_tags));
        await using IController controller = surroundings.OpenController(source.Controller);
        ITagGroup group = controller.Prepare([.. source.Polls[0].Tags.Select(tag => tag.Request)]);
        var values = new ValueOutcome[source.Polls[0].Tags.Length];
        switch (await group.ReadAsync(values, cancellationToken))
        {
            case RoundOutcome.Read:
                return surroundings.Screen.Give(new TagsReport(source, [.. group.Types], [.. values]), parsed.GetValue(CommandTree.Json));
            case RoundOutcome.Silent silent:
                surroundings.Screen.Complain(ReachAdvice.Of(source.Controller, silent.Reason));
                return (int)ExitCode.Problems;
            case RoundOutcome.WrongDevice wrong:
                surroundings.Screen.Complain($"Another device answers: {wrong.Differences}.");
                return (int)ExitCode.Problems;
            default:
                throw new InvalidOperationException("A round is read, silent or of another device.");
        }
    }
}
