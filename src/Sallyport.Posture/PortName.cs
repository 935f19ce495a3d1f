using System.Globalization;

namespace Sallyport.Posture;

/// <summary>Names of ports such as <c>tcp/22</c>.</summary>
public static class PortName
{
    /// <summary>Whether it is <c>tcp/</c> or <c>udp/</c> and a number from 1 to 65535.</summary>
    public static bool IsValid(string name) =>
        (name.StartsWith("tcp/", StringComparison.Ordinal) || name.StartsWith("udp/", StringComparison.Ordinal))
        && name[4..] is [not '0', ..] digits
        && ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
