using System.Text;

namespace Sallyport.Ctl.Terminal;

/// <summary>A table as text in columns, for files, mail and other programs: no frame, no colour, nothing cut off.</summary>
internal static class PlainTable
{
    private const string Between = "  ";

    /// <summary>Writes a table.</summary>
    public static void Write(ReportTable table, TextWriter output)
    {
        if (table.Title.Length > 0)
        {
            output.WriteLine(table.Title);
        }

        int[] widths = [.. table.Columns.Select((_, column) => table.Rows.Select(row => row[column].Length).Append(table.Heading(column).Length).Max())];
        output.WriteLine(Line(table, widths, table.Heading));
        foreach (var row in table.Rows)
        {
            output.WriteLine(Line(table, widths, column => row[column]));
        }
    }

    private static string Line(ReportTable table, int[] widths, Func<int, string> cell)
    {
        var line = new StringBuilder();
        for (int column = 0; column < widths.Length; column++)
        {
            line.Append(column == 0 ? "" : Between);
            line.Append(table.IsRight(column) ? cell(column).PadLeft(widths[column]) : cell(column).PadRight(widths[column]));
        }

        return line.ToString().TrimEnd();
    }
}
