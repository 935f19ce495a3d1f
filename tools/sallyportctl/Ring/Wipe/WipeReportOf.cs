using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Inspection;
using Spectre.Console;

namespace Sallyport.Ctl.Ring.Wipe;

/// <summary>What was destroyed, for the record.</summary>
internal sealed class WipeReportOf(string path, RingFindings findings, WipeOutcome outcome) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => outcome is WipeOutcome.Wiped ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (outcome is not WipeOutcome.Wiped { Report: var report })
        {
            screen.Headline($"{path}: not destroyed yet. {Reason()}. Repeat the command: the wipe goes on where it was.", Color.Red);
            return;
        }

        screen.Headline($"{path}: destroyed.", Color.Green);
        screen.Table(new ReportTable(
            "Wipe report",
            ["What", "Value"],
            [
                ["id", RingWords.IdOf(report.Buffer)],
                ["last number, as the headers said", RingWords.Number(report.LastSeq)],
                ["records not delivered, at most", RingWords.Number(report.UnsentRecords)],
                ["bytes overwritten and read back", RingWords.Number(report.Bytes)],
                ["resumed", report.WasResumed ? "yes" : "no"],
                ["time", report.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)],
            ]));
        screen.Line(WipeReport.Method);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("wiped", outcome is WipeOutcome.Wiped);
        json.WriteString("file", path);
        json.WriteString("ring", RingWords.IdOf(findings.Buffer));
        if (outcome is WipeOutcome.Wiped { Report: var report })
        {
            json.WriteNumber("lastSeq", report.LastSeq);
            json.WriteNumber("unsentRecords", report.UnsentRecords);
            json.WriteNumber("bytes", report.Bytes);
            json.WriteBoolean("resumed", report.WasResumed);
            json.WriteString("time", report.Time);
            json.WriteString("method", WipeReport.Method);
        }
        else
        {
            json.WriteString("reason", Reason());
        }
    }

    private string Reason() => outcome is WipeOutcome.Interrupted interrupted ? $"{interrupted.Fault}; done so far: {interrupted.Reached}" : "it was blank already";
}
