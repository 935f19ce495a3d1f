namespace Sallyport.Manifest.Routing;

/// <summary>A piece of a route.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters, quotes included.</param>
/// <param name="Position">Of its first character, from 0.</param>
internal readonly record struct RouteToken(RouteTokenKind Kind, string Text, int Position)
{
    public bool IsSymbol(string symbol) =>
        Kind == RouteTokenKind.Symbol && string.Equals(Text, symbol, StringComparison.Ordinal);

    public override string ToString() => Kind == RouteTokenKind.End ? "the end" : $"'{Text}'";
}
