namespace Sallyport.EtherNetIp.Paths;

/// <summary>One segment of a path.</summary>
public readonly ref struct PathSegment
{
    internal PathSegment(SegmentType type, uint value, ReadOnlySpan<byte> data = default)
    {
        Type = type;
        Value = value;
        Data = data;
    }

    /// <summary>What it says.</summary>
    public SegmentType Type { get; }

    /// <summary>The number it says, if it says one.</summary>
    public uint Value { get; }

    /// <summary>The bytes it says, in the buffer of the path.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
