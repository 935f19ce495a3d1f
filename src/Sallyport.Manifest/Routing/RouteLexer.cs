using System.Text.RegularExpressions;

namespace Sallyport.Manifest.Routing;

/// <summary>Cuts a route into tokens exactly as edgeHub does: at each place the longest match wins, and of two equally long
/// ones the kind that stands first in <see cref="RouteTokenKind"/>.</summary>
/// <remarks>So names swallow most punctuation: <c>a+b</c>, <c>a!</c> and <c>'x'||y</c> are names, while <c>a + b</c> is a sum.
/// Routing.Core, grammar/GrammarLexer.g4.</remarks>
internal static partial class RouteLexer
{
    private const int MatchTimeout = 1000;

    private static readonly (RouteTokenKind Kind, Regex Pattern)[] Rules =
    [
        (RouteTokenKind.Select, Select()),
        (RouteTokenKind.From, From()),
        (RouteTokenKind.Where, Where()),
        (RouteTokenKind.Into, Into()),
        (RouteTokenKind.Text, Text()),
        (RouteTokenKind.UnterminatedText, UnterminatedText()),
        (RouteTokenKind.Integer, Integer()),
        (RouteTokenKind.Hexadecimal, Hexadecimal()),
        (RouteTokenKind.Real, Real()),
        (RouteTokenKind.True, True()),
        (RouteTokenKind.False, False()),
        (RouteTokenKind.Null, Null()),
        (RouteTokenKind.Undefined, Undefined()),
        (RouteTokenKind.Symbol, Symbol()),
        (RouteTokenKind.And, And()),
        (RouteTokenKind.Or, Or()),
        (RouteTokenKind.Not, Not()),
        (RouteTokenKind.SystemProperty, SystemProperty()),
        (RouteTokenKind.Identifier, Identifier()),
        (RouteTokenKind.QueryPath, QueryPath()),
    ];

    /// <summary>All tokens, then one of kind <see cref="RouteTokenKind.End"/>. What nothing matches becomes <see cref="RouteTokenKind.Unknown"/>.</summary>
    public static List<RouteToken> Tokenize(string route)
    {
        var tokens = new List<RouteToken>();
        int position = 0;
        while (true)
        {
            position += Skipped().Match(route, position).Length;
            if (position == route.Length)
            {
                tokens.Add(new RouteToken(RouteTokenKind.End, string.Empty, position));
                return tokens;
            }

            RouteToken token = Longest(route, position);
            tokens.Add(token);
            position += token.Text.Length;
        }
    }

    private static RouteToken Longest(string route, int position)
    {
        RouteTokenKind kind = RouteTokenKind.Unknown;
        int length = 0;
        foreach ((RouteTokenKind candidate, Regex pattern) in Rules)
        {
            Match match = pattern.Match(route, position);
            if (match.Success && match.Length > length)
            {
                (kind, length) = (candidate, match.Length);
            }
        }

        return new RouteToken(kind, route.Substring(position, int.Max(length, 1)), position);
    }

    // A comment needs its end: «FROM /* INTO $upstream» has none.
    [GeneratedRegex(@"\G(?:[ \t\r\n]|/\*(?s:.)*?\*/)*", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\Gselect", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Select();

    [GeneratedRegex(@"\Gfrom", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex From();

    [GeneratedRegex(@"\Gwhere", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Where();

    [GeneratedRegex(@"\Ginto", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Into();

    [GeneratedRegex(
        """\G(?:"(?:\\(?:["'\\]|u[0-9a-fA-F]{4})|[^"\\])*"|'(?:\\(?:["'\\]|u[0-9a-fA-F]{4})|[^'\\])*')""",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex Text();

    [GeneratedRegex(
        """\G(?:"(?:\\(?:["'\\]|u[0-9a-fA-F]{4})|[^"\\])*|'(?:\\(?:["'\\]|u[0-9a-fA-F]{4})|[^'\\])*)""",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex UnterminatedText();

    [GeneratedRegex(@"\G-?[0-9]+", RegexOptions.None, MatchTimeout)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\G0[Xx][0-9a-fA-F]+", RegexOptions.None, MatchTimeout)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(
        @"\G-?[0-9]*(?:\.[0-9]+(?:[Ee][+\-]?[0-9]+)?|[Ee][+\-]?[0-9]+)", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Real();

    [GeneratedRegex(@"\Gtrue", RegexOptions.None, MatchTimeout)]
    private static partial Regex True();

    [GeneratedRegex(@"\Gfalse", RegexOptions.None, MatchTimeout)]
    private static partial Regex False();

    [GeneratedRegex(@"\Gnull", RegexOptions.None, MatchTimeout)]
    private static partial Regex Null();

    [GeneratedRegex(@"\Gundefined", RegexOptions.None, MatchTimeout)]
    private static partial Regex Undefined();

    [GeneratedRegex(@"\G(?:!=|<>|<=|>=|\|\||\?\?|[(),+\-*/%=<>{}])", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\Gand", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex And();

    [GeneratedRegex(@"\Gor", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Or();

    [GeneratedRegex(@"\Gnot", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Not();

    [GeneratedRegex("""\G\$[^()<>@,;:\\"/?={} \t\n\r]+""", RegexOptions.None, MatchTimeout)]
    private static partial Regex SystemProperty();

    [GeneratedRegex("""\G[^()<>@,;:\\"/\[\]?={} \t\n\r]+""", RegexOptions.None, MatchTimeout)]
    private static partial Regex Identifier();

    [GeneratedRegex("""\G[^()<>@,;:\\"/?={} \t\n\r]+""", RegexOptions.None, MatchTimeout)]
    private static partial Regex QueryPath();
}
