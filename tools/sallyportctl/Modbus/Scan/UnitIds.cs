using System.Globalization;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Reads lists of unit ids such as <c>1-10,17,255</c>.</summary>
internal static class UnitIds
{
    /// <summary>The ids in the order in which they were given, each once.</summary>
    /// <exception cref="WrongUsageException">It is no such list.</exception>
    public static IReadOnlyList<byte> Parse(string text)
    {
        var ids = new List<byte>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-', 2);
            if (!byte.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out byte first)
                || !byte.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out byte last)
                || last < first)
            {
                throw new WrongUsageException($"--unit {text}: it takes ids from 0 to 255 such as 1-10,17,255.");
            }

            ids.AddRange(Enumerable.Range(first, last - first + 1).Select(id => (byte)id));
        }

        return [.. ids.Distinct()];
    }
}
