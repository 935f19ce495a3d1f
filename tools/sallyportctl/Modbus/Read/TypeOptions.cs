using System.Collections.Frozen;
using System.CommandLine;
using System.Text.Json.Nodes;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>The options that say what lies at an address, in the words of the configuration.</summary>
internal sealed class TypeOptions
{
    private const string Text = "string";

    public Option<string?> Type { get; } = new("--type")
    {
        Description = $"Read values of this type: {string.Join(", ", Vocabulary.Types.OrderBy(type => type.Value).Select(type => type.Key))}.",
        HelpName = "type",
    };

    public Option<string?> Order { get; } = new("--order")
    {
        Description = "In which order the bytes of a value come, A being the most significant: "
            + $"{Letters(Vocabulary.Orders16)} for one register, {Letters(Vocabulary.Orders)} for two, {Letters(Vocabulary.Orders64)} for four.",
        HelpName = "letters",
    };

    public Option<int?> Bit { get; } = new("--bit") { Description = "Of a bool in a register: which bit, 0 (the least significant) to 15." };

    public Option<int?> Registers { get; } = new("--registers") { Description = "Of a string: how many registers it takes, 1 to 125." };

    public Option<string?> Packing { get; } = new("--packing")
    {
        Description = $"Of a string: how characters lie in a register: {Words(Vocabulary.Packings)} (highFirst).",
        HelpName = "packing",
    };

    public Option<string?> Encoding { get; } = new("--encoding")
    {
        Description = $"Of a string: what its bytes mean: {Words(Vocabulary.Encodings)} (ascii).",
        HelpName = "encoding",
    };

    public IReadOnlyList<Option> All => [Type, Order, Bit, Registers, Packing, Encoding];

    /// <summary>How many values are read if nobody says it: strings come one by one.</summary>
    public int? DefaultCount(ParseResult parsed) => parsed.GetValue(Type) is Text ? 1 : null;

    /// <summary>The point as the twin would have it; null if no type was given.</summary>
    /// <exception cref="WrongUsageException">There is something that has no meaning without a type.</exception>
    public JsonObject? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Type) is null)
        {
            return All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given
                ? throw new WrongUsageException($"{given.Name} says how a value is read, and nobody said what the value is: --type says it, for example --type float32.")
                : null;
        }

        var point = new JsonObject();
        Add(point, "type", parsed.GetValue(Type));
        Add(point, "wordOrder", parsed.GetValue(Order));
        Add(point, "bit", parsed.GetValue(Bit));
        Add(point, "registers", parsed.GetValue(Registers));
        Add(point, "packing", parsed.GetValue(Packing));
        Add(point, "encoding", parsed.GetValue(Encoding));
        return point;
    }

    private static void Add(JsonObject point, string key, JsonNode? value)
    {
        if (value is not null)
        {
            point[key] = value;
        }
    }

    private static string Letters(FrozenDictionary<string, WordOrder> orders) => string.Join(' ', orders.Keys.Order(StringComparer.Ordinal));

    private static string Words<T>(FrozenDictionary<string, T> words) => string.Join(", ", words.OrderBy(word => word.Value).Select(word => word.Key));
}
