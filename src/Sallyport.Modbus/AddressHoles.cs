using System.Collections.Immutable;

namespace Sallyport.Modbus;

/// <summary>Addresses that no request may touch. Two are equal when they forbid the same ranges.</summary>
public sealed class AddressHoles : IEquatable<AddressHoles>
{
    private readonly ImmutableArray<AddressRange> _ranges;

    /// <summary>Creates the set; ranges may overlap and come in any order.</summary>
    public AddressHoles(IEnumerable<AddressRange> ranges) =>
        _ranges = [.. ranges.OrderBy(range => range.Table.FunctionCode).ThenBy(range => range.From).ThenBy(range => range.To)];

    /// <summary>Nothing is forbidden.</summary>
    public static AddressHoles None { get; } = new([]);

    /// <summary>Whether any of the addresses from <paramref name="from"/> up to, but not including, <paramref name="end"/> is forbidden.</summary>
    public bool Touch(ModbusTable table, int from, int end)
    {
        foreach (AddressRange range in _ranges)
        {
            if (ReferenceEquals(range.Table, table) && range.From < end && range.To >= from)
            {
                return from < end;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(AddressHoles? other) => other is not null && _ranges.SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressHoles);

    /// <inheritdoc/>
    public override int GetHashCode() => _ranges.Aggregate(seed: 0, HashCode.Combine);
}
