using System.Globalization;

namespace Sallyport.Ctl.Eip;

/// <summary>Makes names of points out of tags: what a name may not have becomes an underscore, and none is given twice.</summary>
internal sealed class PointNames
{
    private const int MaxLength = 64;

    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name for a tag.</summary>
    public string For(string tag)
    {
        string name = string.Concat(tag.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' ? character : '_'));
        name = name.Length > MaxLength ? name[^MaxLength..] : name;
        string free = name;
        for (int i = 2; !_given.Add(free); i++)
        {
            string suffix = string.Create(CultureInfo.InvariantCulture, $"_{i}");
            free = name[..Math.Min(name.Length, MaxLength - suffix.Length)] + suffix;
        }

        return free;
    }
}
