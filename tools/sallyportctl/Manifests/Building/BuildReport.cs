using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Manifests.Validate;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>What was built, or why nothing was.</summary>
/// <param name="template">The template.</param>
/// <param name="output">The file that was written, if one was.</param>
/// <param name="outcome">What came of it.</param>
internal sealed class BuildReport(string template, string output, BuildOutcome outcome) : IReport
{
    private readonly FileFindings _findings = new(template, outcome.Findings);

    /// <inheritdoc/>
    public ExitCode ExitCode => outcome is BuildOutcome.Built ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (outcome is not BuildOutcome.Built built)
        {
            ValidationReport.Show(screen, _findings);
            screen.Headline("Nothing was written.", Color.Red);
            return;
        }

        if (!built.Findings.IsEmpty)
        {
            ValidationReport.Show(screen, _findings);
        }

        screen.Headline(FormattableString.Invariant($"{output}: written, {built.Manifest.Length} bytes."), Color.Green);
        screen.Table(new ReportTable("Images", ["Template", "Manifest"], [.. built.Images.Select(image => ImmutableArray.Create(image.Template, image.Reference))]));
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ValidationReport.Write(json, _findings);
        if (outcome is not BuildOutcome.Built built)
        {
            return;
        }

        json.WriteString("output", output);
        json.WriteNumber("bytes", built.Manifest.Length);
        json.WriteStartObject("images");
        foreach (ResolvedImage image in built.Images.DistinctBy(image => image.Template, StringComparer.Ordinal))
        {
            json.WriteString(image.Template, image.Reference);
        }

        json.WriteEndObject();
    }
}
