using System.Collections.Immutable;
using nietras.SeparatedValues;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>The first line of a points table.</summary>
internal sealed class TableHeader
{
    private readonly ImmutableArray<string> _titles;

    private TableHeader(ImmutableArray<string> titles)
    {
        _titles = titles;
        Columns = [.. titles.Select(title => PointColumns.TryFind(title, out PointColumn? column) ? column : null)];
        (Device, Name) = (titles.IndexOf(PointColumns.Device), titles.IndexOf(PointColumns.Name));
    }

    /// <summary>The keys, in the order of the file; null for the two columns that name the point.</summary>
    public ImmutableArray<PointColumn?> Columns { get; }

    /// <summary>Which column has the device.</summary>
    public int Device { get; }

    /// <summary>Which column has the name.</summary>
    public int Name { get; }

    /// <summary>Reads the titles.</summary>
    /// <returns>Null if there is a fault.</returns>
    public static TableHeader? Read(SepReader.Row row, int line, List<TableFault> faults)
    {
        var titles = ImmutableArray.CreateBuilder<string>(row.ColCount);
        for (int i = 0; i < row.ColCount; i++)
        {
            string? reason = CsvCell.Unquote(row[i].Span, out ReadOnlySpan<char> text);
            string title = text.ToString();
            reason ??= Judge(title, titles);
            if (reason is not null)
            {
                faults.Add(new TableFault(line, TableFault.Column(title), reason));
            }

            titles.Add(title);
        }

        foreach (string required in (ReadOnlySpan<string>)[PointColumns.Device, PointColumns.Name])
        {
            if (!titles.Contains(required))
            {
                faults.Add(new TableFault(line, TableFault.Column(required), "The column is missing."));
            }
        }

        return faults.Count is 0 ? new TableHeader(titles.DrainToImmutable()) : null;
    }

    /// <summary>The title of a column.</summary>
    public string TitleOf(int column) => _titles[column];

    private static string? Judge(string title, ImmutableArray<string>.Builder before)
    {
        if (title.Length is 0)
        {
            return "A column has no title: delete it, or give it one.";
        }

        if (before.Contains(title))
        {
            return "The column stands here twice.";
        }

        return title is PointColumns.Device or PointColumns.Name || PointColumns.TryFind(title, out _)
            ? null
            : $"Unknown column; known are {PointColumns.Titles}.";
    }
}
