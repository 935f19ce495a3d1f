namespace Sallyport.Modbus;

/// <summary>In which order the bytes of a value come over the wire. The default is big-endian, as the specification has 16-bit values.</summary>
/// <param name="SwapsBytes">The less significant byte of each register comes first.</param>
/// <param name="SwapsWords">Of two registers that make 32 bits, the less significant one comes first. No matter for 16-bit values.</param>
/// <param name="SwapsHalves">Of two pairs of registers that make 64 bits, the less significant one comes first. No matter for other values.</param>
/// <remarks>In letters, A is the most significant byte. Three swaps make all that is in use: two orders of 16 bits, four of 32, eight of 64.</remarks>
public readonly record struct WordOrder(bool SwapsBytes, bool SwapsWords, bool SwapsHalves)
{
    /// <summary>AB, ABCD, ABCDEFGH: big-endian.</summary>
    public static WordOrder Abcd { get; }

    /// <summary>AB, CDAB, GHEFCDAB: big-endian words, the least significant word first.</summary>
    public static WordOrder Cdab { get; } = new(SwapsBytes: false, SwapsWords: true, SwapsHalves: true);

    /// <summary>BA, BADC, BADCFEHG: the most significant word first, bytes swapped within each word.</summary>
    public static WordOrder Badc { get; } = new(SwapsBytes: true, SwapsWords: false, SwapsHalves: false);

    /// <summary>BA, DCBA, HGFEDCBA: little-endian.</summary>
    public static WordOrder Dcba { get; } = new(SwapsBytes: true, SwapsWords: true, SwapsHalves: true);

    /// <summary>The orders in which a value of so many registers can come: two for 1, four for 2, eight for 4.</summary>
    /// <remarks>Of several that are the same for such a value, the one that has the same idea of longer values.</remarks>
    public static IReadOnlyList<WordOrder> For(int registers) => registers switch
    {
        1 => [Abcd, Badc],
        2 => [Abcd, Cdab, Badc, Dcba],
        _ =>
        [
            Abcd, Cdab, Badc, Dcba,
            new WordOrder(SwapsBytes: false, SwapsWords: true, SwapsHalves: false),
            new WordOrder(SwapsBytes: false, SwapsWords: false, SwapsHalves: true),
            new WordOrder(SwapsBytes: true, SwapsWords: true, SwapsHalves: false),
            new WordOrder(SwapsBytes: true, SwapsWords: false, SwapsHalves: true),
        ],
    };

    /// <summary>The bytes of a value of so many registers in the order in which they come, A being the most significant one: <c>CDAB</c>.</summary>
    /// <param name="registers">1, 2 or 4.</param>
    public string Letters(int registers) => string.Create(registers * 2, this, static (letters, order) =>
    {
        int swaps = (order.SwapsBytes ? 1 : 0) | (order.SwapsWords ? 2 : 0) | (order.SwapsHalves ? 4 : 0);
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)('A' + (i ^ (swaps & (letters.Length - 1))));
        }
    });

    /// <summary>The eight letters.</summary>
    public override string ToString() => Letters(registers: 4);
}
