using System.Collections.Immutable;

namespace Sallyport.Ctl.Terminal;

/// <summary>A table to show.</summary>
/// <param name="Title">One line; empty for none.</param>
/// <param name="Columns">Names; one that begins with &gt; has its cells at the right, as numbers have.</param>
/// <param name="Rows">As many cells as columns in each.</param>
internal sealed record ReportTable(string Title, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows)
{
    private const char RightMark = '>';

    /// <summary>The heading of a column.</summary>
    public string Heading(int column) => Columns[column].TrimStart(RightMark);

    /// <summary>Whether the cells of a column stand at the right.</summary>
    public bool IsRight(int column) => Columns[column].StartsWith(RightMark);
}
