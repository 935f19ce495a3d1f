namespace Sallyport.Manifest.Routing;

/// <summary>Walks over the tokens of one route.</summary>
internal sealed class RouteTokens(string route)
{
    private readonly List<RouteToken> _tokens = RouteLexer.Tokenize(route);
    private int _index;

    public RouteToken Current => _tokens[_index];

    public RouteToken Next => _tokens[int.Min(_index + 1, _tokens.Count - 1)];

    /// <summary>Takes the current token. The end is never passed.</summary>
    public RouteToken Take()
    {
        RouteToken taken = Current;
        _index = int.Min(_index + 1, _tokens.Count - 1);
        return taken;
    }

    public bool TryTake(RouteTokenKind kind)
    {
        bool isThere = Current.Kind == kind;
        if (isThere)
        {
            _ = Take();
        }

        return isThere;
    }

    public bool TryTakeSymbol(string symbol)
    {
        bool isThere = Current.IsSymbol(symbol);
        if (isThere)
        {
            _ = Take();
        }

        return isThere;
    }

    public RouteToken Require(RouteTokenKind kind, string expected) =>
        Current.Kind == kind ? Take() : throw Unexpected(expected);

    public void RequireSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    public RouteException Unexpected(string expected) =>
        Current.Kind == RouteTokenKind.UnterminatedText
            ? new RouteException(Current.Position, "the text has no closing quote")
            : new RouteException(Current.Position, $"expected {expected}, found {Current}");
}
