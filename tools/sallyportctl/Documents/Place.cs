using System.Globalization;

namespace Sallyport.Ctl.Documents;

/// <summary>A place in a file; both count from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    /// <summary>As compilers write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
