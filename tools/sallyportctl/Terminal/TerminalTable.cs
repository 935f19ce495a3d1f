using Spectre.Console;

namespace Sallyport.Ctl.Terminal;

/// <summary>A table as a terminal draws it.</summary>
internal static class TerminalTable
{
    /// <summary>Draws a table.</summary>
    public static Table Of(ReportTable table)
    {
        var drawn = new Table().RoundedBorder();
        if (table.Title.Length > 0)
        {
            drawn.Title(new TableTitle(table.Title.EscapeMarkup(), new Style(decoration: Decoration.Bold)));
        }

        for (int column = 0; column < table.Columns.Length; column++)
        {
            var heading = new TableColumn(new Text(table.Heading(column), new Style(decoration: Decoration.Bold)));
            drawn.AddColumn(table.IsRight(column) ? heading.RightAligned() : heading);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow(row.Select(cell => new Text(cell)));
        }

        return drawn;
    }
}
