using System.CommandLine;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary><c>sallyportctl modbus validate</c>: says what the module would say to a configuration, before it gets it.</summary>
internal sealed class ValidateVerb(Surroundings surroundings)
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A twin document of ModbusReader, a twin as it was fetched, a deployment manifest or its template; or a points file: a table (.csv), or the points alone.",
    };

    private readonly PlanOptions _plan = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("validate", "Says what ModbusReader would say to a configuration: every fault with line and JSON pointer, or what the plan costs.");
        verb.Arguments.Add(_file);
        _plan.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetRequiredValue(_file);
        if (PointsFile.IsMeant(path))
        {
            return await PointsAsync(path, parsed, cancellationToken);
        }

        PlanFile file = _plan.Read(path, parsed, surroundings.Variable);
        return surroundings.Screen.Give(new ValidationReport(file, PlanVerdict.Of(file)), parsed.GetValue(CommandTree.Json));
    }

    private async Task<int> PointsAsync(string path, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = PointsFile.Of(path, await File.ReadAllBytesAsync(path, cancellationToken));
        PointsReport report = await surroundings.Screen.ProgressAsync(
            path, progress => Task.FromResult(new PointsReport(file, PointsVerdict.Of(file, progress))));
        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }
}
