using System.Text;

namespace Sallyport.Manifest.Routing;

/// <summary>Reads <c>[SELECT *] FROM source [WHERE condition] INTO sink</c>.</summary>
internal sealed class RouteParser
{
    private readonly RouteTokens _tokens;

    private RouteParser(string text) => _tokens = new RouteTokens(text);

    /// <exception cref="RouteException">The text is no route; the message says where and why.</exception>
    public static Route Parse(string name, RouteDefinition definition)
    {
        TimeSpan? timeToLive = definition.TimeToLiveSeconds == 0 ? null : TimeSpan.FromSeconds(definition.TimeToLiveSeconds);
        return new RouteParser(definition.Text).Parse(name, definition.Priority, timeToLive);
    }

    private Route Parse(string name, long priority, TimeSpan? timeToLive)
    {
        if (_tokens.TryTake(RouteTokenKind.Select))
        {
            _tokens.RequireSymbol("*");
        }

        _ = _tokens.Require(RouteTokenKind.From, "FROM");
        RouteSource source = ParseSource();
        ConditionNode? condition = _tokens.TryTake(RouteTokenKind.Where)
            ? new ConditionParser(_tokens, source.IsTwinChange).Parse()
            : null;
        _ = _tokens.Require(RouteTokenKind.Into, condition is null ? "WHERE or INTO" : "INTO or an operator");
        RouteSink sink = ParseSink();
        _ = _tokens.Require(RouteTokenKind.End, "the end of the route");
        return new Route(name, source, condition, sink, priority, timeToLive);
    }

    private RouteSource ParseSource()
    {
        var path = new StringBuilder();
        do
        {
            _tokens.RequireSymbol("/");
            RouteToken item = _tokens.Current;
            if (item.Kind != RouteTokenKind.Identifier && !item.IsSymbol("*"))
            {
                throw _tokens.Unexpected("a name or '*'");
            }

            _ = path.Append('/').Append(_tokens.Take().Text);
        }
        while (_tokens.Current.IsSymbol("/"));

        return new RouteSource(path.ToString().TrimEnd('*'));
    }

    private RouteSink ParseSink()
    {
        RouteToken token = _tokens.Current;
        if (token.Kind == RouteTokenKind.SystemProperty)
        {
            return string.Equals(_tokens.Take().Text, "$upstream", StringComparison.OrdinalIgnoreCase)
                ? RouteSink.Upstream.Instance
                : throw new RouteException(token.Position, $"there is no endpoint {token.Text}, only $upstream");
        }

        if (!string.Equals(token.Text, "BrokeredEndpoint", StringComparison.OrdinalIgnoreCase))
        {
            throw _tokens.Unexpected("$upstream or BrokeredEndpoint");
        }

        _ = _tokens.Take();
        _tokens.RequireSymbol("(");
        RouteToken path = _tokens.Require(RouteTokenKind.Text, "a quoted path");
        _tokens.RequireSymbol(")");
        return ReadInput(path);
    }

    private static RouteSink.ModuleInput ReadInput(RouteToken path)
    {
        string[] parts = path.Text[1..^1].Trim('/').Split('/');
        bool isInput = parts.Length == 4
            && string.Equals(parts[0], "modules", StringComparison.OrdinalIgnoreCase)
            && string.Equals(parts[2], "inputs", StringComparison.OrdinalIgnoreCase)
            && parts[1].Length > 0
            && parts[3].Length > 0;
        return isInput
            ? new RouteSink.ModuleInput(parts[1], parts[3])
            : throw new RouteException(path.Position + 1, "expected /modules/{module}/inputs/{input}");
    }
}
