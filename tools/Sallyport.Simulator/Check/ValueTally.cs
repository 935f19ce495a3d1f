namespace Sallyport.Simulator.Check;

/// <summary>What became of the unique values.</summary>
/// <param name="Arrived">Are at the cloud side.</param>
/// <param name="Lost">Are missing, and a gap record accounts for them.</param>
/// <param name="BadReads">Are missing, and a bad point stands in their place: the answer came too late or not whole.</param>
internal readonly record struct ValueTally(long Arrived, long Lost, long BadReads)
{
    public static ValueTally operator +(ValueTally left, ValueTally right) => left.Plus(right);

    /// <summary>The sum.</summary>
    public ValueTally Plus(ValueTally other) => new(Arrived + other.Arrived, Lost + other.Lost, BadReads + other.BadReads);
}
