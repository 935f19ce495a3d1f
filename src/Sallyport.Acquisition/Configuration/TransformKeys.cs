using System.Collections.Immutable;
using Sallyport.Hosting.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Configuration;

/// <summary>The members of a point that say what is done to its value: nullValues, scale, offset, clamp, enum, scaleFrom; and unit, which is only told.</summary>
public static class TransformKeys
{
    private const int MaxNameLength = 64;
    private const int MaxUnitLength = 32;
    private const int MaxNullValues = 16;

    private static readonly string[] NumberKeys = ["scale", "offset", "clamp", "scaleFrom"];

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = [.. NumberKeys, "nullValues", "enum", "unit"];

    /// <summary>Reads what is done to a value; what is refused has a value that nothing uses, since the plan is refused as a whole.</summary>
    /// <param name="entry">The point.</param>
    /// <param name="shape">What values it can have.</param>
    /// <param name="unit">Its engineering unit, or null.</param>
    public static ValueTransform Read(DesiredReader entry, ValueShape shape, out string? unit)
    {
        unit = null;
        _ = !entry["unit"].Exists || entry["unit"].TryText(MaxUnitLength, out unit);
        if (!All.Any(key => entry[key].Exists))
        {
            return ValueTransform.None;
        }

        RefuseWhatDoesNotFit(entry, shape);
        (double? min, double? max) = ReadClamp(entry["clamp"]);
        var transform = new ValueTransform
        {
            NullValues = ReadNullValues(entry["nullValues"], shape),
            Scale = ReadScale(entry["scale"]),
            Offset = entry["offset"].TryNumber(out double? offset) ? offset : null,
            Min = min,
            Max = max,
            Words = WordKeys.Read(entry["enum"], shape),
            ScaleFrom = entry["scaleFrom"].Exists && entry["scaleFrom"].TryText(MaxNameLength, out string? source) ? source : null,
        };
        return transform == ValueTransform.None ? ValueTransform.None : transform;
    }

    private static void RefuseWhatDoesNotFit(DesiredReader entry, ValueShape shape)
    {
        foreach (string key in NumberKeys)
        {
            if (entry[key].Exists && !shape.IsNumber)
            {
                entry[key].Refuse($"A {shape.Type} is not a number.");
            }
            else if (entry[key].Exists && entry["enum"].Exists)
            {
                entry[key].Refuse("enum replaces the number by a text; there is nothing left to compute.");
            }
        }

        if (entry["scale"].Exists && entry["scaleFrom"].Exists)
        {
            entry["scale"].Refuse("The scale comes from another point already: scaleFrom.");
        }
    }

    private static double? ReadScale(DesiredReader entry)
    {
        if (entry.TryNumber(out double? scale) && scale is 0)
        {
            entry.Refuse("A scale of 0 would make every value 0.");
        }

        return scale;
    }

    private static (double? Min, double? Max) ReadClamp(DesiredReader entry)
    {
        if (!entry.Exists || !entry.IsObjectOf("min", "max") || !(entry["min"].TryNumber(out double? min) & entry["max"].TryNumber(out double? max)))
        {
            return (null, null);
        }

        if (min is null && max is null)
        {
            entry.Refuse("It has neither min nor max.");
        }
        else if (min > max)
        {
            entry.Refuse("min is greater than max.");
        }

        return (min, max);
    }

    private static ImmutableArray<PointValue> ReadNullValues(DesiredReader entry, ValueShape shape)
    {
        if (!entry.Exists)
        {
            return [];
        }

        if (!shape.IsNumber)
        {
            entry.Refuse($"A {shape.Type} is not a number.");
            return [];
        }

        var values = ImmutableArray.CreateBuilder<PointValue>();
        foreach (DesiredReader item in entry.Items(MaxNullValues))
        {
            if (item.TryNumber(out PointValue value) && shape.Holds(item, value))
            {
                values.Add(value);
            }
        }

        return values.DrainToImmutable();
    }
}
