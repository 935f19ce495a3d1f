using System.Globalization;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>One thing that is wrong in a points file.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Place">Where in the line, for example <c>column "address"</c>; null for the whole line.</param>
/// <param name="Reason">One sentence: what is wrong and what would be right.</param>
public sealed record TableFault(int Line, string? Place, string Reason)
{
    /// <summary>The words for a column.</summary>
    internal static string Column(string title) => $"column \"{title}\"";

    /// <summary>For example <c>line 17, column "address": It is missing.</c></summary>
    public override string ToString() => Place is null
        ? string.Create(CultureInfo.InvariantCulture, $"line {Line}: {Reason}")
        : string.Create(CultureInfo.InvariantCulture, $"line {Line}, {Place}: {Reason}");
}
