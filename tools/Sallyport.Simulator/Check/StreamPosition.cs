namespace Sallyport.Simulator.Check;

/// <summary>The place of a record in the stream of one buffer.</summary>
/// <param name="Seq">The ring's sequence number, which no epoch begins anew.</param>
internal readonly record struct StreamPosition(long Seq) : IComparable<StreamPosition>
{
    /// <summary>Before everything.</summary>
    public static StreamPosition Start { get; } = new(long.MinValue);

    /// <summary>After everything.</summary>
    public static StreamPosition End { get; } = new(long.MaxValue);

    public static bool operator <(StreamPosition left, StreamPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamPosition left, StreamPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamPosition left, StreamPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamPosition left, StreamPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public int CompareTo(StreamPosition other) => Seq.CompareTo(other.Seq);
}
