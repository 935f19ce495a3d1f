using System.CommandLine;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.Ctl.Eip;

/// <summary><c>sallyportctl eip identify</c>: who a controller is, and what to write so that only it is read.</summary>
internal sealed class IdentifyVerb(Surroundings surroundings)
{
    private readonly ControllerOptions _controller = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        Command verb = _controller.AddTo(new Command("identify", "Asks a controller who it is, and says what to write in the twin so that only it is read."));
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ControllerPlan plan = _controller.Plan(parsed).Controller;
        await using IController controller = surroundings.OpenController(plan);
        return surroundings.Screen.Give(new IdentityReport(plan, await controller.IdentifyAsync(cancellationToken)), parsed.GetValue(CommandTree.Json));
    }
}
