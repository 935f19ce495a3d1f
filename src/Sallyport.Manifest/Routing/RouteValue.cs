using System.Globalization;

namespace Sallyport.Manifest.Routing;

/// <summary>A value while a condition is evaluated. Undefined is contagious, and no condition holds that comes to it.</summary>
internal readonly record struct RouteValue
{
    private readonly double _number;
    private readonly string? _text;

    private RouteValue(RouteValueKind kind, double number = 0, string? text = null)
    {
        Kind = kind;
        _number = number;
        _text = text;
    }

    public static RouteValue Undefined => default;

    public static RouteValue Null { get; } = new(RouteValueKind.Null);

    public static RouteValue True { get; } = new(RouteValueKind.Boolean, 1);

    public static RouteValue False { get; } = new(RouteValueKind.Boolean);

    public RouteValueKind Kind { get; }

    public bool IsTrue => Kind == RouteValueKind.Boolean && _number > 0;

    public bool IsFalse => Kind == RouteValueKind.Boolean && _number <= 0;

    public static RouteValue Of(bool value) => value ? True : False;

    /// <summary>Not a number is undefined; infinity is a number.</summary>
    public static RouteValue Of(double value) =>
        double.IsNaN(value) ? Undefined : new RouteValue(RouteValueKind.Number, value);

    public static RouteValue Of(string? value) =>
        value is null ? Null : new RouteValue(RouteValueKind.Text, text: value);

    public bool TryGetNumber(out double number)
    {
        number = _number;
        return Kind == RouteValueKind.Number;
    }

    public bool TryGetText(out string text)
    {
        text = _text ?? string.Empty;
        return Kind == RouteValueKind.Text;
    }

    /// <summary>Numbers, and text that is one in the invariant culture; everything else is undefined.</summary>
    public RouteValue ToNumber() =>
        Kind switch
        {
            RouteValueKind.Number => this,
            RouteValueKind.Text when double.TryParse(
                _text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => Of(number),
            _ => Undefined,
        };

    /// <summary>Less than, equal to or greater than zero for two values of the same kind; null for different kinds.</summary>
    public int? CompareTo(RouteValue other) =>
        (Kind, other.Kind) switch
        {
            (RouteValueKind.Null, RouteValueKind.Null) => 0,
            (RouteValueKind.Text, RouteValueKind.Text) => string.CompareOrdinal(_text, other._text),
            (RouteValueKind.Number, RouteValueKind.Number) or (RouteValueKind.Boolean, RouteValueKind.Boolean) =>
                _number.CompareTo(other._number),
            _ => null,
        };
}
