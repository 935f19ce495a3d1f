namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>One segment of a path.</summary>
/// <param name="kind">What it is.</param>
/// <param name="number">Port number, class, instance, element or attribute.</param>
/// <param name="text">Name, link address, or the fields of a key.</param>
internal readonly ref struct Segment(SegmentKind kind, uint number, ReadOnlySpan<byte> text)
{
    /// <summary>What it is.</summary>
    public SegmentKind Kind { get; } = kind;

    /// <summary>Port number, class, instance, element or attribute.</summary>
    public uint Number { get; } = number;

    /// <summary>Name, link address, or the fields of a key.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;
}
