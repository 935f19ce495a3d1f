namespace Sallyport.Simulator.Plant;

/// <summary>A 32-bit value as the two registers of a device hold it.</summary>
/// <param name="First">The register at the lower address.</param>
/// <param name="Second">The register at the next address.</param>
internal readonly record struct RegisterPair(ushort First, ushort Second)
{
    /// <summary>Lays out the bits of a value.</summary>
    public static RegisterPair Of(uint value, WordOrder order)
    {
        var high = (ushort)(value >> 16);
        var low = (ushort)value;
        return order switch
        {
            WordOrder.ABCD => new(high, low),
            WordOrder.CDAB => new(low, high),
            WordOrder.BADC => new(Swapped(high), Swapped(low)),
            WordOrder.DCBA => new(Swapped(low), Swapped(high)),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "There are four word orders."),
        };
    }

    private static ushort Swapped(ushort word) => (ushort)((word << 8) | (word >> 8));
}
