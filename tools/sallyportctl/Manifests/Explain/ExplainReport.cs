using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Manifests.Explain;

/// <summary>A manifest for somebody who has to say yes to it.</summary>
/// <param name="path">The file.</param>
/// <param name="isTemplate">Whether it has to be built first.</param>
/// <param name="tables">What it says.</param>
internal sealed class ExplainReport(string path, bool isTemplate, ImmutableArray<ReportTable> tables) : IReport
{
    private static readonly string[] Names = ["containers", "host", "routes", "network", "sizes"];

    private string Kind => isTemplate ? "template" : "manifest";

    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{path}: {Kind} of {FormattableString.Invariant($"{tables[0].Rows.Length}")} containers.", Color.Blue);
        foreach (ReportTable table in tables)
        {
            screen.Line("");
            screen.Table(table);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("file", path);
        json.WriteString("kind", Kind);
        foreach ((string name, ReportTable table) in Names.Zip(tables))
        {
            json.WriteStartArray(name);
            foreach (ImmutableArray<string> row in table.Rows)
            {
                json.WriteStartObject();
                for (int column = 0; column < row.Length; column++)
                {
                    json.WriteString(Member(table.Heading(column)), row[column]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    // "Kept for" is keptFor.
    private static string Member(string heading)
    {
        string[] words = heading.Split(' ');
        return string.Concat(words.Select((word, at) => at is 0 ? word.ToLowerInvariant() : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
