using System.CommandLine;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary><c>sallyportctl modbus validate</c>: says what the module would say to a configuration, before it gets it.</summary>
internal sealed class ValidateVerb(Surroundings surroundings)
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A twin document of ModbusReader, a twin as it was fetched, or a deployment manifest or its template.",
    };

    private readonly PlanOptions _plan = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("validate", "Says what ModbusReader would say to a configuration: every fault with line and JSON pointer, or what the plan costs.");
        verb.Arguments.Add(_file);
        _plan.AddTo(verb);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        PlanFile file = _plan.Read(parsed.GetRequiredValue(_file), parsed, surroundings.Variable);
        return surroundings.Screen.Give(new ValidationReport(file, PlanVerdict.Of(file)), parsed.GetValue(CommandTree.Json));
    }
}
