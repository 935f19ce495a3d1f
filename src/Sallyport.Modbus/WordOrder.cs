namespace Sallyport.Modbus;

/// <summary>In which order the four bytes of a 32-bit value come over the wire; A is the most significant one.</summary>
/// <remarks>A 16-bit value has no word order, but the swap within a register applies to it too: AB in <see cref="Abcd"/> and
/// <see cref="Cdab"/>, BA in <see cref="Badc"/> and <see cref="Dcba"/>.</remarks>
public enum WordOrder
{
    /// <summary>Big-endian, as the specification has 16-bit values. The default.</summary>
    Abcd,

    /// <summary>Big-endian words, the less significant word first.</summary>
    Cdab,

    /// <summary>The more significant word first, bytes swapped within each word.</summary>
    Badc,

    /// <summary>Little-endian.</summary>
    Dcba,
}
