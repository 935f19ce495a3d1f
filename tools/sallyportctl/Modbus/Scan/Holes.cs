using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Holes between readable ranges, in the words of the twin. The only place that knows how the twin has them.</summary>
internal static class Holes
{
    /// <summary>The key in the limits of a unit.</summary>
    public const string Key = "holes";

    /// <summary>What lies between the first and the last readable address and cannot be read. What lies outside of them nobody bridges.</summary>
    public static ImmutableArray<ScannedRange> In(IReadOnlyList<ScannedRange> ranges)
    {
        int first = ranges.TakeWhile(range => range.State is not RangeState.Readable).Count();
        int last = ranges.Count - 1 - ranges.Reverse().TakeWhile(range => range.State is not RangeState.Readable).Count();
        return [.. ranges.Where((range, index) => index > first && index < last && range.State is not RangeState.Readable)];
    }

    /// <summary>The value of the key.</summary>
    public static string ValueFor(ModbusTable table, ImmutableArray<ScannedRange> holes) =>
        new JsonArray([.. holes.Select(hole => new JsonObject { ["table"] = table.Name, ["from"] = hole.From, ["to"] = hole.To })]).ToJsonString();

    /// <summary>The member of a unit's entry.</summary>
    public static string MemberFor(ModbusTable table, ImmutableArray<ScannedRange> holes) => $"\"limits\": {{\"{Key}\":{ValueFor(table, holes)}}}";
}
