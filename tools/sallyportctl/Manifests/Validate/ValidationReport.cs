using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Manifests.Validate;

/// <summary>What the rules found, errors first.</summary>
internal sealed class ValidationReport(ImmutableArray<FileFindings> files) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => files.Any(file => file.Errors > 0) ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        foreach (FileFindings file in files)
        {
            Show(screen, file);
        }
    }

    /// <summary>Tells people what is wrong with one file.</summary>
    public static void Show(Screen screen, FileFindings file)
    {
        screen.Headline(file.Summary, file.Errors > 0 ? Color.Red : file.Findings.IsEmpty ? Color.Green : Color.Yellow);
        if (file.Findings.IsEmpty)
        {
            return;
        }

        ManifestFinding[] findings = [.. file.Findings.OrderBy(finding => finding.Rule.Severity)];
        screen.Table(new ReportTable("Findings", ["Severity", "Rule", "Where", "What"], [.. findings.Select(Row)]));
        screen.Table(new ReportTable(
            "What to do", ["Rule", "Remedy"], [.. findings.Select(finding => finding.Rule).Distinct().Select(rule => ImmutableArray.Create(rule.Id, rule.Remedy))]));
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("files");
        foreach (FileFindings file in files)
        {
            json.WriteStartObject();
            Write(json, file);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Tells machines what is wrong with one file: members of an object.</summary>
    public static void Write(Utf8JsonWriter json, FileFindings file)
    {
        json.WriteString("file", file.Path);
        json.WriteNumber("errors", file.Errors);
        json.WriteStartArray("findings");
        foreach (ManifestFinding finding in file.Findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("severity", WordFor(finding.Rule.Severity));
            json.WriteString("pointer", finding.Complaint.Pointer);
            json.WriteString("reason", finding.Complaint.Reason);
            json.WriteString("demand", finding.Rule.Demand);
            json.WriteString("remedy", finding.Rule.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Row(ManifestFinding finding) => [WordFor(finding.Rule.Severity), finding.Rule.Id, finding.Complaint.Pointer, finding.Complaint.Reason];

    private static string WordFor(RuleSeverity severity) => severity is RuleSeverity.Error ? "error" : "warning";
}
