using System.Collections.Frozen;

namespace Sallyport.Manifest.Routing;

/// <summary>The functions of edgeHub's conditions.</summary>
/// <remarks>Routing.Core, query/builtins. <c>twin_change_includes</c> is not among them: its argument is a path, see <see cref="TwinChangeNode"/>.</remarks>
internal static class BuiltinFunctions
{
    private const ConditionType Text = ConditionType.Text;
    private const ConditionType Number = ConditionType.Number;

    private static readonly FrozenDictionary<string, BuiltinFunction> ByName = new BuiltinFunction[]
    {
        OfNumber("abs", Math.Abs),
        OfNumber("ceiling", Math.Ceiling),
        OfNumber("exp", Math.Exp),
        OfNumber("floor", Math.Floor),
        OfNumber("sign", number => Math.Sign(number)),
        OfNumber("sqrt", Math.Sqrt),
        OfNumber("square", number => number * number),
        new("power", [Number, Number], Number, Power),
        new("as_number", [null], Number, arguments => arguments[0].ToNumber()),
        OfAnything("is_bool", value => value.Kind == RouteValueKind.Boolean),
        OfAnything("is_defined", value => value.Kind != RouteValueKind.Undefined),
        OfAnything("is_null", value => value.Kind == RouteValueKind.Null),
        OfAnything("is_number", value => value.TryGetNumber(out double number) && double.IsFinite(number)),
        OfAnything("is_string", value => value.Kind == RouteValueKind.Text),
        new("concat", [Text, Text], Text, Concat) { IsOpenEnded = true },
        new("length", [Text], Number, arguments => OfText(arguments, text => RouteValue.Of((double)text.Length))),
        new("lower", [Text], Text, arguments => OfText(arguments, text => RouteValue.Of(text.ToLowerInvariant()))),
        new("upper", [Text], Text, arguments => OfText(arguments, text => RouteValue.Of(text.ToUpperInvariant()))),
        new("substring", [Text, Number, Number], Text, Substring) { Optional = 1 },
        new("index_of", [Text, Text], Number, arguments =>
            OfTexts(arguments, (text, part) => RouteValue.Of((double)text.IndexOf(part, StringComparison.Ordinal)))),
        new("contains", [Text, Text], ConditionType.Boolean, arguments =>
            OfTexts(arguments, (text, part) => RouteValue.Of(text.Contains(part, StringComparison.Ordinal)))),
        new("starts_with", [Text, Text], ConditionType.Boolean, arguments =>
            OfTexts(arguments, (text, part) => RouteValue.Of(text.StartsWith(part, StringComparison.Ordinal)))),
        new("ends_with", [Text, Text], ConditionType.Boolean, arguments =>
            OfTexts(arguments, (text, part) => RouteValue.Of(text.EndsWith(part, StringComparison.Ordinal)))),
    }.ToFrozenDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public static BuiltinFunction? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Joins texts; null is empty, undefined makes all undefined. Also the operator <c>||</c>.</summary>
    public static RouteValue Concat(RouteValue[] arguments)
    {
        if (arguments.Any(argument => argument.Kind is not (RouteValueKind.Text or RouteValueKind.Null)))
        {
            return RouteValue.Undefined;
        }

        return RouteValue.Of(string.Concat(arguments.Select(argument =>
        {
            _ = argument.TryGetText(out string text);
            return text;
        })));
    }

    private static BuiltinFunction OfNumber(string name, Func<double, double> function) =>
        new(name, [Number], Number, arguments =>
            arguments[0].TryGetNumber(out double number) ? RouteValue.Of(function(number)) : RouteValue.Undefined);

    private static BuiltinFunction OfAnything(string name, Func<RouteValue, bool> predicate) =>
        new(name, [null], ConditionType.Boolean, arguments => RouteValue.Of(predicate(arguments[0])));

    private static RouteValue OfText(RouteValue[] arguments, Func<string, RouteValue> function) =>
        arguments[0].TryGetText(out string text) ? function(text) : RouteValue.Undefined;

    private static RouteValue OfTexts(RouteValue[] arguments, Func<string, string, RouteValue> function) =>
        arguments[0].TryGetText(out string first) && arguments[1].TryGetText(out string second)
            ? function(first, second)
            : RouteValue.Undefined;

    private static RouteValue Power(RouteValue[] arguments) =>
        arguments[0].TryGetNumber(out double number) && arguments[1].TryGetNumber(out double exponent)
            ? RouteValue.Of(Math.Pow(number, exponent))
            : RouteValue.Undefined;

    private static RouteValue Substring(RouteValue[] arguments)
    {
        if (!arguments[0].TryGetText(out string text)
            || !arguments[1].TryGetNumber(out double start)
            || start < 0
            || start > text.Length)
        {
            return RouteValue.Undefined;
        }

        string rest = text[(int)start..];
        if (arguments.Length == 2)
        {
            return RouteValue.Of(rest);
        }

        return arguments[2].TryGetNumber(out double length) && length >= 0 && length <= rest.Length
            ? RouteValue.Of(rest[..(int)length])
            : RouteValue.Undefined;
    }
}
