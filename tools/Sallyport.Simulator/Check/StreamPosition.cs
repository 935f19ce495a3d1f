namespace Sallyport.Simulator.Check;

/// <summary>The place of a record in the stream of one buffer.</summary>
/// <param name="Epoch">Number of the ring's epoch.</param>
/// <param name="Seq">The ring's sequence number.</param>
internal readonly record struct StreamPosition(long Epoch, long Seq) : IComparable<StreamPosition>
{
    /// <summary>Before everything.</summary>
    public static StreamPosition Start { get; } = new(long.MinValue, long.MinValue);

    /// <summary>After everything.</summary>
    public static StreamPosition End { get; } = new(long.MaxValue, long.MaxValue);

    public static bool operator <(StreamPosition left, StreamPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamPosition left, StreamPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamPosition left, StreamPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamPosition left, StreamPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public int CompareTo(StreamPosition other) => (Epoch, Seq).CompareTo((other.Epoch, other.Seq));
}
