using System.CommandLine;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Rules;
using Sallyport.Ctl.Firewall.Verification;
using Sallyport.Ctl.Posture.Collect;

namespace Sallyport.Ctl.Firewall;

/// <summary><c>sallyportctl firewall verify</c>: whether what is loaded is what was planned.</summary>
internal sealed class VerifyVerb(Surroundings surroundings)
{
    private readonly Option<string> _plan = new("--plan") { Description = "plan.json of \"firewall generate\".", HelpName = "file", Required = true };
    private readonly Option<string> _box = new("--box") { Description = "Whose rules are meant.", HelpName = "gateway|conduit", DefaultValueFactory = static _ => "gateway" };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        _box.AcceptOnlyFromAmong("gateway", "conduit");
        var verb = new Command("verify", "Compares the rules that are loaded with the plan, and shows what they counted and refused. Needs root. Exit code 0 if they are the same, 1 if not.");
        verb.Options.Add(_plan);
        verb.Options.Add(_box);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        FlowPlan plan = FirewallFile.Read(parsed.GetRequiredValue(_plan), FlowPlanJson.Parse);
        FlowBox box = parsed.GetRequiredValue(_box) is "conduit" ? FlowBox.Conduit : FlowBox.Gateway;
        var table = new LoadedTable(surroundings.RunProgram ?? HostPrograms.RunAsync, new RuleSet(box));
        TableVerdict verdict = await table.CompareAsync(plan, stop);
        return surroundings.Screen.Give(new VerifyReport(plan, box, verdict), parsed.GetValue(CommandTree.Json));
    }
}
