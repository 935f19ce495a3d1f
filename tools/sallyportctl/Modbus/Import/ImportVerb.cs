using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sallyport.Ctl.Documents;
using Sallyport.Ctl.Modbus.Import.IotEdgeModbus;
using Sallyport.Ctl.Modbus.Import.Telegraf;
using Sallyport.Ctl.Terminal;
using Sallyport.Hosting;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary><c>sallyportctl modbus import</c>: makes a twin of the configuration of another reader, and points files of points in another form.</summary>
internal sealed class ImportVerb(Surroundings surroundings)
{
    private const string FromIotEdgeModbus = "iot-edge-modbus";
    private const string FromTelegraf = "telegraf";
    private const string FromCsv = "csv";
    private const string FromModbusReader = "modbus-reader";

    private readonly Argument<string> _file = new("file")
    {
        Description = "The configuration of another reader; a points table; or what ModbusReader has already: a twin, a manifest, points as JSON.",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "What it is; without it the file itself decides.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Where it goes; without it to standard output. A name that ends with .csv gets the points as a table, and the twin that names the table goes to standard output.",
        HelpName = "file",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        _from.AcceptOnlyFromAmong(FromIotEdgeModbus, FromTelegraf, FromCsv, FromModbusReader);
        var verb = new Command(
            "import",
            """
            Makes a twin document of ModbusReader out of the configuration of another reader. What comes out is valid, and what could not be taken over is listed with its place.
            Points change their form too: from a points table to JSON and back, and out of a twin that has become too large.
            """);
        verb.Arguments.Add(_file);
        foreach (Option option in (Option[])[_from, _out, _force])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    private static string FormatOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".JSON" => PointsFile.IsMeant(file) || IsOfModbusReader(JsonOf(file)) ? FromModbusReader : FromIotEdgeModbus,
        ".TOML" or ".CONF" => FromTelegraf,
        ".CSV" => FromCsv,
        _ => throw new WrongUsageException($"The name {file} does not say what it is: say it with --from."),
    };

    private static bool IsOfModbusReader(DocumentNode root) =>
        (root["properties"]?["desired"] ?? root) is { } desired && desired[TwinDraft.Connections] is not null && desired[TwinDraft.Units] is not null;

    private static void Read(string file, string format, TwinDraft draft)
    {
        if (format is FromTelegraf)
        {
            new TelegrafImport(draft).Read(TomlTree.Parse(File.ReadAllText(file), file));
        }
        else
        {
            new IotEdgeModbusImport(draft).Read(JsonOf(file));
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

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = parsed.GetRequiredValue(_file);
        string? target = parsed.GetValue(_out);
        if (target is not null && File.Exists(target) && !parsed.GetValue(_force))
        {
            throw new WrongUsageException($"{target} is there already: choose another name, or --force replaces it.");
        }

        string format = parsed.GetValue(_from) ?? FormatOf(file);
        IReport report = format is FromCsv || (format is FromModbusReader && PointsFile.IsMeant(file)) ? await PointsOfAsync(file, format, target, cancellationToken)
            : format is FromModbusReader ? PointsImport.OfTwin(PlanFile.Read(file, module: null, static _ => null), target)
            : OfOthers(file, format, target);
        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }

    private async Task<IReport> PointsOfAsync(string file, string format, string? target, CancellationToken cancellationToken)
    {
        var points = new PointsFile(file, IsJson: format is not FromCsv, await File.ReadAllBytesAsync(file, cancellationToken));
        return await surroundings.Screen.ProgressAsync(file, progress => Task.FromResult(PointsImport.OfPoints(points, target, progress)));
    }

    private static ImportReport OfOthers(string file, string format, string? target)
    {
        var draft = new TwinDraft();
        Read(file, format, draft);
        PlanFault? fault = TwinCheck.Run(draft);
        if (target is null || !PointsFile.IsTable(target))
        {
            var whole = new ImportReport(file, draft, fault ?? TwinCheck.Measure(draft.Twin), target, points: null);
            Write(target, Encoding.UTF8.GetBytes(whole.Twin + "\n"));
            return whole;
        }

        PointsFile points = PointsTarget.Make(target, JsonElement.Parse(draft.Section(TwinDraft.Points).ToJsonString()), out ImmutableArray<PlanFault> untold);
        if (!untold.IsEmpty)
        {
            throw new WrongUsageException($"A table cannot hold all of it: {untold[0].Pointer}: {untold[0].Reason}");
        }

        Write(target, points.Content.Span);
        return new ImportReport(file, draft, fault ?? TwinCheck.Measure(PointsTarget.Without(draft.Twin, points)), target, points);
    }

    private static void Write(string? target, ReadOnlySpan<byte> content)
    {
        if (target is not null)
        {
            File.WriteAllBytes(target, content);
        }
    }
}
