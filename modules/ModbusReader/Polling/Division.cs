using System.Collections.Immutable;
using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Polling;

/// <summary>The parts of a refused request. When all of them are answered, nothing but the places between them can have been to blame.</summary>
internal sealed class Division(ImmutableArray<PlannedRead> parts)
{
    private int _open = parts.Length;
    private bool _hasFailed;

    /// <summary>The blocks that the parts begin with, but the first.</summary>
    public ImmutableArray<int> Cuts { get; } = [.. parts.Skip(1).Select(part => part.Blocks[0])];

    /// <summary>A part was asked.</summary>
    /// <returns>Whether it was the last one and all were answered.</returns>
    public bool PartEnded(bool isGood)
    {
        _hasFailed |= !isGood;
        return --_open == 0 && !_hasFailed;
    }
}
