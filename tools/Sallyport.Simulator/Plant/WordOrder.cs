namespace Sallyport.Simulator.Plant;

/// <summary>Where the four bytes of a 32-bit value, A the most significant, lie in two registers.</summary>
internal enum WordOrder
{
    /// <summary>Big-endian throughout.</summary>
    ABCD,

    /// <summary>Low word first.</summary>
    CDAB,

    /// <summary>High word first, bytes of each word swapped.</summary>
    BADC,

    /// <summary>Little-endian throughout.</summary>
    DCBA,
}
