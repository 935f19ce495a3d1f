using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>A SHA-256 that a person gave.</summary>
public static partial class Sha256Text
{
    private const int Digits = 64;

    /// <summary>Requires 64 hexadecimal digits of either case.</summary>
    /// <param name="entry">Where they stand.</param>
    /// <param name="sha256">The digits in lower case.</param>
    public static bool TryRead(DesiredReader entry, [NotNullWhen(true)] out string? sha256)
    {
        if (!entry.TryText(Digits, out sha256))
        {
            return false;
        }

        if (!HexadecimalDigits.IsMatch(sha256))
        {
            entry.Refuse("A SHA-256 has 64 hexadecimal digits, as sha256sum prints them.");
            return false;
        }

        sha256 = Convert.ToHexStringLower(Convert.FromHexString(sha256));
        return true;
    }

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HexadecimalDigits { get; }
}
