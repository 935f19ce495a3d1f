using System.CommandLine;
using System.Text.Json;
using Sallyport.Ctl.Documents;
using Sallyport.Ctl.Modbus.Import.IotEdgeModbus;
using Sallyport.Ctl.Modbus.Import.Telegraf;
using Sallyport.Hosting;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary><c>sallyportctl modbus import</c>: makes a twin of the configuration of another reader.</summary>
internal sealed class ImportVerb(Surroundings surroundings)
{
    private const string FromIotEdgeModbus = "iot-edge-modbus";
    private const string FromTelegraf = "telegraf";
    private const string FromCsv = "csv";

    private readonly Argument<string> _file = new("file") { Description = "The foreign configuration." };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Whose configuration it is; without it the name of the file decides: .json, .toml or .conf, .csv.",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Where the twin document goes; without it to standard output.", HelpName = "file" };

    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        _from.AcceptOnlyFromAmong(FromIotEdgeModbus, FromTelegraf, FromCsv);
        var verb = new Command(
            "import",
            "Makes a twin document of ModbusReader out of the configuration of another reader. What comes out is valid, and what could not be taken over is listed with its place.");
        verb.Arguments.Add(_file);
        foreach (Option option in (Option[])[_from, _out, _force])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(Run);
        return verb;
    }

    private static string FormatOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".JSON" => FromIotEdgeModbus,
        ".TOML" or ".CONF" => FromTelegraf,
        ".CSV" => FromCsv,
        _ => throw new WrongUsageException($"The name {file} does not say what it is: say it with --from."),
    };

    private static void Read(string file, string format, TwinDraft draft)
    {
        switch (format)
        {
            case FromTelegraf:
                new TelegrafImport(draft).Read(TomlTree.Parse(File.ReadAllText(file), file));
                break;
            case FromIotEdgeModbus:
                new IotEdgeModbusImport(draft).Read(JsonOf(file));
                break;
            default:
                throw PointsTable.NotAlone(file);
        }
    }

    private static DocumentNode JsonOf(string file)
    {
        try
        {
            return JsonTree.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException e)
        {
            throw new WrongUsageException($"{file}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: it is not JSON: {e.Message}");
        }
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        string? target = parsed.GetValue(_out);
        if (target is not null && File.Exists(target) && !parsed.GetValue(_force))
        {
            throw new WrongUsageException($"{target} is there already: choose another name, or --force replaces it.");
        }

        if (target is not null && PointsTable.IsMeant(target))
        {
            throw PointsTable.NotAlone(target);
        }

        var draft = new TwinDraft();
        Read(file, parsed.GetValue(_from) ?? FormatOf(file), draft);
        PlanFault? fault = TwinCheck.Run(draft);
        var report = new ImportReport(file, draft, fault, target);
        if (target is not null)
        {
            File.WriteAllText(target, report.Twin + "\n");
        }

        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }
}
