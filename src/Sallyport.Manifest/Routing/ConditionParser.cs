namespace Sallyport.Manifest.Routing;

/// <summary>Reads a condition by recursive descent, one method a precedence, and checks its types as edgeHub does.</summary>
/// <param name="tokens">Positioned at the condition's first token; left at the first token after it.</param>
/// <param name="isTwinChange">Whether the route takes twin changes: only there <c>twin_change_includes</c> exists.</param>
/// <remarks>From weak to strong: <c>??</c>, OR, AND, equality, order, sum, product, sign and NOT. So <c>NOT a = b</c> negates a.</remarks>
internal sealed class ConditionParser(RouteTokens tokens, bool isTwinChange)
{
    private const int DeepestNesting = 100;

    private int _depth;

    /// <exception cref="RouteException">The condition is none, or edgeHub refuses its types.</exception>
    public ConditionNode Parse()
    {
        ConditionNode left = ParseOr();
        while (tokens.Current.IsSymbol("??"))
        {
            RouteToken symbol = tokens.Take();
            ConditionNode right = ParseOr();
            ConditionTypes.RequireSame(symbol, left, right);
            left = new CoalesceNode(left, right);
        }

        return left;
    }

    private ConditionNode ParseOr()
    {
        ConditionNode left = ParseAnd();
        while (tokens.Current.Kind == RouteTokenKind.Or)
        {
            RouteToken symbol = tokens.Take();
            ConditionNode right = ParseAnd();
            ConditionTypes.RequireLogical(symbol, left);
            ConditionTypes.RequireLogical(symbol, right);
            left = new LogicalNode(isAnd: false, left, right);
        }

        return left;
    }

    private ConditionNode ParseAnd()
    {
        ConditionNode left = ParseEquality();
        while (tokens.Current.Kind == RouteTokenKind.And)
        {
            RouteToken symbol = tokens.Take();
            ConditionNode right = ParseEquality();
            ConditionTypes.RequireLogical(symbol, left);
            ConditionTypes.RequireLogical(symbol, right);
            left = new LogicalNode(isAnd: true, left, right);
        }

        return left;
    }

    private ConditionNode ParseEquality() => ParseComparison(ParseOrder, "=", "!=", "<>");

    private ConditionNode ParseOrder() => ParseComparison(ParseSum, "<", "<=", ">", ">=");

    private ConditionNode ParseComparison(Func<ConditionNode> operand, params ReadOnlySpan<string> symbols)
    {
        ConditionNode left = operand();
        while (IsSymbol(symbols))
        {
            RouteToken symbol = tokens.Take();
            ConditionNode right = operand();
            ConditionTypes.RequireSame(symbol, left, right);
            left = new ComparisonNode(symbol.Text, left, right);
        }

        return left;
    }

    private ConditionNode ParseSum()
    {
        ConditionNode left = ParseProduct();
        while (IsSymbol("+", "-", "||"))
        {
            RouteToken symbol = tokens.Take();
            ConditionNode right = ParseProduct();
            bool isText = string.Equals(symbol.Text, "||", StringComparison.Ordinal);
            ConditionType type = isText ? ConditionType.Text : ConditionType.Number;
            ConditionTypes.Require(symbol, type, left);
            ConditionTypes.Require(symbol, type, right);
            left = isText ? new ConcatNode(left, right) : new ArithmeticNode(symbol.Text, left, right);
        }

        return left;
    }

    private ConditionNode ParseProduct()
    {
        ConditionNode left = ParseUnary();
        while (IsSymbol("*", "/", "%"))
        {
            RouteToken symbol = tokens.Take();
            ConditionNode right = ParseUnary();
            ConditionTypes.Require(symbol, ConditionType.Number, left);
            ConditionTypes.Require(symbol, ConditionType.Number, right);
            left = new ArithmeticNode(symbol.Text, left, right);
        }

        return left;
    }

    private ConditionNode ParseUnary()
    {
        RouteToken first = tokens.Current;
        if (++_depth > DeepestNesting)
        {
            throw new RouteException(first.Position, "the condition is nested too deeply");
        }

        try
        {
            if (tokens.TryTakeSymbol("-"))
            {
                ConditionNode number = ParseUnary();
                ConditionTypes.RequireOrUndefined(first, ConditionType.Number, number);
                return new NegateNode(number);
            }

            if (tokens.TryTake(RouteTokenKind.Not))
            {
                ConditionNode operand = ParseUnary();
                ConditionTypes.RequireLogical(first, operand);
                return new NotNode(operand);
            }

            return ParsePrimary();
        }
        finally
        {
            _depth--;
        }
    }

    private ConditionNode ParsePrimary()
    {
        RouteToken token = tokens.Current;
        switch (token.Kind)
        {
            case RouteTokenKind.Symbol when tokens.TryTakeSymbol("("):
                ConditionNode nested = Parse();
                tokens.RequireSymbol(")");
                return nested;
            case RouteTokenKind.Symbol when tokens.TryTakeSymbol("{"):
                ConditionNode escaped = ParseSystemProperty(isEscaped: true);
                tokens.RequireSymbol("}");
                return escaped;
            case RouteTokenKind.SystemProperty:
                return ParseSystemProperty(isEscaped: false);
            case RouteTokenKind.Identifier when tokens.Next.IsSymbol("("):
                return ParseCall();
            case RouteTokenKind.Identifier:
                return new PropertyNode(tokens.Take().Text);
            default:
                return ConditionLiteral.Read(token) is { } literal ? TakeAs(literal) : throw tokens.Unexpected("a value");
        }
    }

    private ConditionNode ParseSystemProperty(bool isEscaped)
    {
        const string bodyPrefix = "$body.";
        RouteToken token = tokens.Require(RouteTokenKind.SystemProperty, "a system property");
        if (!token.Text.StartsWith(bodyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return new SystemPropertyNode(token.Text[1..], isEscaped);
        }

        return BodyPath.TryParse(token.Text[bodyPrefix.Length..], out BodyPath? path, out int fault)
            ? new BodyNode(token.Text, path, isEscaped)
            : throw new RouteException(token.Position + bodyPrefix.Length + fault, "this is no path into a JSON body");
    }

    private ConditionNode ParseCall()
    {
        RouteToken name = tokens.Take();
        tokens.RequireSymbol("(");
        if (isTwinChange && string.Equals(name.Text, "twin_change_includes", StringComparison.OrdinalIgnoreCase))
        {
            return ParseTwinChange();
        }

        BuiltinFunction function = BuiltinFunctions.Find(name.Text)
            ?? throw new RouteException(name.Position, $"there is no function {name.Text} here");
        var arguments = new List<ConditionNode>();
        while (!tokens.Current.IsSymbol(")"))
        {
            if (arguments.Count > 0)
            {
                tokens.RequireSymbol(",");
            }

            arguments.Add(Parse());
        }

        tokens.RequireSymbol(")");
        ConditionTypes.RequireArguments(name, function, arguments);
        return new CallNode(function, arguments);
    }

    private TwinChangeNode ParseTwinChange()
    {
        RouteToken token = tokens.Current;
        bool isPath = token.Kind is RouteTokenKind.Identifier or RouteTokenKind.QueryPath;
        if (!isPath || !BodyPath.TryParse(tokens.Take().Text, out BodyPath? path, out int fault))
        {
            throw new RouteException(token.Position, "this is no path into a twin");
        }

        tokens.RequireSymbol(")");
        return new TwinChangeNode(path);
    }

    private LiteralNode TakeAs(LiteralNode literal)
    {
        _ = tokens.Take();
        return literal;
    }

    private bool IsSymbol(params ReadOnlySpan<string> symbols)
    {
        foreach (string symbol in symbols)
        {
            if (tokens.Current.IsSymbol(symbol))
            {
                return true;
            }
        }

        return false;
    }
}
