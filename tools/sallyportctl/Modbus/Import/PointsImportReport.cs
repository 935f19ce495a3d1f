using System.Text;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.ModbusMaster.Tables;
using Spectre.Console;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>What became of a file that has points and nothing else.</summary>
/// <param name="file">The file.</param>
/// <param name="verdict">What the module would say to it.</param>
/// <param name="result">The points in their new form, with an empty path for standard output; null if nothing was made of them.</param>
internal sealed class PointsImportReport(string file, PointsVerdict verdict, PointsFile? result) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => result is null ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        Tell(screen, verdict.Faults, "");
        Tell(screen, verdict.Warnings, "warning: ");
        if (result is null)
        {
            screen.Complain("Nothing is written: a file of points is taken over as a whole, or not at all.");
            return;
        }

        screen.Note($"{file}: {verdict.Points!.Count} points of {verdict.Points.Devices.Count()} units were taken over.");
        if (result.Path.Length is 0)
        {
            screen.Line(Encoding.UTF8.GetString(result.Content.Span).TrimEnd('\n'));
            return;
        }

        screen.Headline($"{result.Path} is written.", Color.Green);
        foreach (string step in result.NextSteps())
        {
            screen.Line(step);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        bool isWritten = result is { Path.Length: > 0 };
        json.WriteString("file", file);
        json.WriteString("written", isWritten ? result!.Path : null);
        json.WriteBoolean("valid", verdict.Plan is not null);
        json.WriteNumber("points", verdict.Points?.Count ?? 0);
        PointsVerdict.Write(json, "faults", verdict.Faults);
        PointsVerdict.Write(json, "warnings", verdict.Warnings);
        if (isWritten)
        {
            json.WritePropertyName("pointsFile");
            result!.Reference().WriteTo(json);
        }
        else if (result is not null)
        {
            json.WritePropertyName("document");
            json.WriteRawValue(result.Content.Span);
        }
    }

    private void Tell(Screen screen, IEnumerable<TableFault> faults, string kind)
    {
        foreach (TableFault fault in faults)
        {
            screen.Note(PointsVerdict.Line(file, fault, kind));
        }
    }
}
