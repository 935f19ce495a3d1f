using System.CommandLine;
using Sallyport.Ctl.Modbus;

namespace Sallyport.Ctl.Eip;

/// <summary><c>sallyportctl eip validate</c>: says what the module would say to a configuration, before it gets it.</summary>
internal sealed class ValidateVerb(Surroundings surroundings)
{
    private readonly PlanOptions _plan = new(EipNoun.Module);
    private readonly Argument<string> _file = new("file")
    {
        Description = "A twin document of EtherNetIpReader, a twin as it was fetched, a deployment manifest or its template.",
    };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("validate", "Says what EtherNetIpReader would say to a configuration: every fault with line and JSON pointer, or what it would read.");
        verb.Arguments.Add(_file);
        _plan.AddTo(verb);
        verb.SetAction(parsed =>
        {
            PlanFile file = _plan.Read(parsed.GetRequiredValue(_file), parsed, surroundings.Variable);
            return surroundings.Screen.Give(new ValidationReport(file, ControllerVerdict.Of(file)), parsed.GetValue(CommandTree.Json));
        });
        return verb;
    }
}
