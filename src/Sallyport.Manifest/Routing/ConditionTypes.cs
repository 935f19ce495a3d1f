namespace Sallyport.Manifest.Routing;

/// <summary>The type rules by which edgeHub refuses conditions before it has seen a message.</summary>
/// <remarks>Routing.Core, query/ConditionVisitor.cs. What comes from a body may be anything and is checked when it is there.</remarks>
internal static class ConditionTypes
{
    /// <summary>Both sides the same; undefined goes with everything.</summary>
    public static void RequireSame(RouteToken symbol, ConditionNode left, ConditionNode right)
    {
        bool isFine = left.Type == right.Type || IsOpen(left.Type) || IsOpen(right.Type);
        if (!isFine)
        {
            throw Mismatch(symbol, $"{Name(left.Type)} and {Name(right.Type)} cannot be compared");
        }
    }

    public static void RequireLogical(RouteToken symbol, ConditionNode operand)
    {
        if (operand.Type is ConditionType.Number or ConditionType.Text)
        {
            throw Mismatch(symbol, $"needs a boolean, not {Name(operand.Type)}");
        }
    }

    public static void Require(RouteToken symbol, ConditionType type, ConditionNode operand)
    {
        if (operand.Type != type && operand.Type != ConditionType.Body)
        {
            throw Mismatch(symbol, $"needs {Name(type)}, not {Name(operand.Type)}");
        }
    }

    public static void RequireOrUndefined(RouteToken symbol, ConditionType type, ConditionNode operand)
    {
        if (operand.Type != ConditionType.Undefined)
        {
            Require(symbol, type, operand);
        }
    }

    public static void RequireArguments(RouteToken name, BuiltinFunction function, List<ConditionNode> arguments)
    {
        if (!function.Accepts(arguments.Count))
        {
            throw Mismatch(name, $"does not take {arguments.Count} arguments");
        }

        for (int index = 0; index < arguments.Count; index++)
        {
            if (function.Parameter(index) is { } type)
            {
                Require(name, type, arguments[index]);
            }
        }
    }

    private static bool IsOpen(ConditionType type) => type is ConditionType.Undefined or ConditionType.Body;

    private static RouteException Mismatch(RouteToken token, string reason) => new(token.Position, $"{token} {reason}");

    private static string Name(ConditionType type) =>
        type switch
        {
            ConditionType.Text => "a text (all properties are texts; as_number makes numbers of them)",
            ConditionType.Number => "a number",
            ConditionType.Boolean => "a boolean",
            ConditionType.Null => "null",
            ConditionType.Body => "a value from the body",
            _ => "undefined",
        };
}
