using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Sallyport.Manifest.Routing;

/// <summary>A path into a JSON body: names and whole indexes, such as <c>points[0].v</c>.</summary>
internal sealed class BodyPath
{
    private readonly List<object> _steps;

    private BodyPath(List<object> steps) => _steps = steps;

    /// <summary>Reads a path.</summary>
    /// <param name="text">What follows «$body.».</param>
    /// <param name="path">The path, if it is one.</param>
    /// <param name="fault">Index of the first character that is wrong, if it is not.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out BodyPath? path, out int fault)
    {
        (path, fault) = (null, 0);
        var steps = new List<object>();
        int position = 0;
        while (position < text.Length)
        {
            int end = text.AsSpan(position).IndexOfAny(".[]") is var found and >= 0 ? position + found : text.Length;
            if (end == position)
            {
                fault = position;
                return false;
            }

            steps.Add(text[position..end]);
            position = end;
            if (!TryReadIndexes(text, steps, ref position) || !TryReadDot(text, ref position))
            {
                fault = position;
                return false;
            }
        }

        path = steps.Count > 0 ? new BodyPath(steps) : null;
        return path is not null;
    }

    /// <summary>The value there. A place that does not exist is null; objects, arrays, dates and bodies that are no JSON are undefined.</summary>
    public RouteValue Read(JsonElement? body)
    {
        if (body is not { } element)
        {
            return RouteValue.Undefined;
        }

        foreach (object step in _steps)
        {
            if (!TryStep(element, step, out element))
            {
                return RouteValue.Null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.True => RouteValue.True,
            JsonValueKind.False => RouteValue.False,
            JsonValueKind.Null => RouteValue.Null,
            JsonValueKind.Number => RouteValue.Of(element.GetDouble()),
            JsonValueKind.String when !IsDate(element) => RouteValue.Of(element.GetString()),
            _ => RouteValue.Undefined,
        };
    }

    private static bool TryReadIndexes(string text, List<object> steps, ref int position)
    {
        while (position < text.Length && text[position] == '[')
        {
            int close = text.IndexOf(']', position);
            if (close < 0
                || !int.TryParse(text.AsSpan(position + 1, close - position - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                return false;
            }

            steps.Add(index);
            position = close + 1;
        }

        return true;
    }

    private static bool TryReadDot(string text, ref int position)
    {
        if (position == text.Length)
        {
            return true;
        }

        if (text[position] != '.' || position + 1 == text.Length)
        {
            return false;
        }

        position++;
        return true;
    }

    private static bool TryStep(JsonElement element, object step, out JsonElement next)
    {
        next = default;
        if (step is int index)
        {
            bool isInside = element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength();
            next = isInside ? element[index] : default;
            return isInside;
        }

        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty((string)step, out next);
    }

    // edgeHub's JSON reader turns such text into dates, which its conditions do not know.
    private static bool IsDate(JsonElement element) =>
        element.GetString() is { Length: >= 19 } text
        && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);
}
