using System.Text.RegularExpressions;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>The names that points files may have.</summary>
public static partial class PointsFileName
{
    /// <summary>The longest path, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>What a name must be like, for people.</summary>
    public const string Rule = "A points file is named by letters, digits, '.', '_' and '-', does not begin with '.', and ends with .csv or .json";

    /// <summary>Whether it is a file name without a folder.</summary>
    public static bool IsValid(string name) => name.Length <= MaxLength && FileName.IsMatch(name);

    /// <summary>Whether it is a path that stays in the folder of points files: no part begins with a dot, none is empty.</summary>
    public static bool IsValidPath(string path) => path.Length <= MaxLength && FilePath.IsMatch(path);

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*\.(csv|json)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName { get; }

    [GeneratedRegex(@"\A([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.(csv|json)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilePath { get; }
}
