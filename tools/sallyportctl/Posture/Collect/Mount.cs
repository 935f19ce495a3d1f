using System.Text.RegularExpressions;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>A line of mountinfo.</summary>
/// <param name="Number">Major and minor number of its device, for example <c>253:0</c>.</param>
/// <param name="Point">Where it is.</param>
/// <param name="Kind">The file system.</param>
/// <param name="Source">The device.</param>
internal sealed partial record Mount(string Number, string Point, string Kind, string Source)
{
    /// <summary>Whether it lies on a block device.</summary>
    public bool IsOnDisk => Source.StartsWith("/dev/", StringComparison.Ordinal) && Kind is not ("squashfs" or "iso9660" or "devtmpfs");

    /// <summary>Reads a line; null if it is none.</summary>
    public static Mount? Read(string line)
    {
        string[] row = line.Split(' ');
        int dash = Array.IndexOf(row, "-");
        return dash >= 6 && row.Length > dash + 2 ? new Mount(row[2], Plain(row[4]), row[dash + 1], Plain(row[dash + 2])) : null;
    }

    // Blanks and the like stand there as three octal digits.
    private static string Plain(string text) => Octal.Replace(text, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString());

    [GeneratedRegex(@"\\[0-3][0-7]{2}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Octal { get; }
}
