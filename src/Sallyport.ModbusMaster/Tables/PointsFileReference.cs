namespace Sallyport.ModbusMaster.Tables;

/// <summary>What the desired properties say about the points file.</summary>
/// <param name="Path">Where it lies, from the folder of points files; with <c>/</c> between the parts, which never lead out of the folder.</param>
/// <param name="Sha256">64 hexadecimal digits in lower case.</param>
public sealed record PointsFileReference(string Path, string Sha256)
{
    private const string KeptSuffix = ".kept";
    private const string JsonSuffix = ".json";

    /// <summary>Whether the file has the points as JSON; else it is a table.</summary>
    public bool IsJson => Path.EndsWith(JsonSuffix, StringComparison.Ordinal);

    /// <summary>Where a file goes that is still in force when another one of its name arrives.</summary>
    public static string KeptPathOf(string path) => path + KeptSuffix;
}
