using System.Globalization;
using System.Text;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>Makes names that the twin allows out of names that it may not.</summary>
/// <remarks>What the twin allows is decided by the module's reader, which sees the result; this only makes it likely to be content.</remarks>
internal static class TwinName
{
    private const int MaxLength = 64;

    /// <summary>The nearest allowed name that is not taken.</summary>
    /// <param name="wishes">Names in the order of preference; at least one.</param>
    /// <param name="isTaken">Whether a name is in use.</param>
    public static string Choose(IEnumerable<string> wishes, Func<string, bool> isTaken)
    {
        string[] names = [.. wishes.Select(Allowed)];
        return names.FirstOrDefault(name => !isTaken(name)) ?? Numbered(names[^1], isTaken);
    }

    private static string Numbered(string name, Func<string, bool> isTaken)
    {
        for (int number = 2; ; number++)
        {
            string tail = string.Create(CultureInfo.InvariantCulture, $"_{number}");
            string numbered = name[..Math.Min(name.Length, MaxLength - tail.Length)] + tail;
            if (!isTaken(numbered))
            {
                return numbered;
            }
        }
    }

    private static string Allowed(string wish)
    {
        var name = new StringBuilder(wish.Length);
        foreach (char letter in wish)
        {
            bool isAllowed = char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
            if (isAllowed || (name.Length > 0 && name[^1] is not '_'))
            {
                name.Append(isAllowed ? letter : '_');
            }
        }

        string text = name.ToString().Trim('_');
        return text.Length == 0 ? "unnamed" : text[..Math.Min(text.Length, MaxLength)];
    }
}
