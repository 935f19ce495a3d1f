namespace Sallyport.BatchVerification;

/// <summary>Numbers in a row.</summary>
/// <param name="First">First of them.</param>
/// <param name="Last">Last of them; not below the first.</param>
public readonly record struct NumberRange(long First, long Last)
{
    /// <summary>How many.</summary>
    public long Count => Last - First + 1;

    /// <summary>As people write it.</summary>
    public override string ToString() => First == Last ? FormattableString.Invariant($"{First}") : FormattableString.Invariant($"{First}-{Last}");
}
