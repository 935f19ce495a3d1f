using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Manifest.Routing;

/// <summary>The literals of a condition: truth values, numbers, strings.</summary>
internal static partial class ConditionLiteral
{
    private const int MatchTimeout = 1000;

    /// <summary>The value of a token; null if it is none.</summary>
    public static LiteralNode? Read(RouteToken token) =>
        token.Kind switch
        {
            RouteTokenKind.True => new LiteralNode(ConditionType.Boolean, RouteValue.True),
            RouteTokenKind.False => new LiteralNode(ConditionType.Boolean, RouteValue.False),
            RouteTokenKind.Null => new LiteralNode(ConditionType.Null, RouteValue.Null),
            RouteTokenKind.Undefined => new LiteralNode(ConditionType.Undefined, RouteValue.Undefined),
            RouteTokenKind.Text => new LiteralNode(ConditionType.Text, RouteValue.Of(Unescape(token.Text[1..^1]))),
            RouteTokenKind.Integer or RouteTokenKind.Real => ReadDecimal(token.Text),
            RouteTokenKind.Hexadecimal => ReadHexadecimal(token.Text[2..]),
            _ => null,
        };

    // The grammar takes an exponent without digits before it («E6») for a number, and edgeHub makes that undefined.
    private static LiteralNode ReadDecimal(string digits) =>
        double.TryParse(digits, NumberStyles.Any, CultureInfo.InvariantCulture, out double number)
            ? new LiteralNode(ConditionType.Number, RouteValue.Of(number))
            : new LiteralNode(ConditionType.Undefined, RouteValue.Undefined);

    private static LiteralNode ReadHexadecimal(string digits) =>
        long.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long number)
            ? new LiteralNode(ConditionType.Number, RouteValue.Of((double)number))
            : new LiteralNode(ConditionType.Undefined, RouteValue.Undefined);

    private static string Unescape(string text) =>
        Escape.Replace(text, match => match.Groups["code"] is { Success: true } code
            ? ((char)ushort.Parse(code.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            : match.Groups["character"].Value);

    [GeneratedRegex("""\\(?:[uU](?<code>[0-9A-Fa-f]{4})|(?<character>["'\\]))""", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Escape { get; }
}
