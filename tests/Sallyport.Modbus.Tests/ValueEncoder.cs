using System.Globalization;

namespace Sallyport.Modbus.Tests;

/// <summary>The inverse of the decoder, written from the letters of the orders and so independently of it.</summary>
internal static class ValueEncoder
{
    /// <summary>The bytes of a value of 1, 2 or 4 registers as they come over the wire; A is the most significant byte.</summary>
    public static byte[] Encode(ulong bits, int registers, WordOrder order) =>
        [.. order.Letters(registers).Select(letter => (byte)(bits >> (8 * ((registers * 2) - 1 - (letter - 'A')))))];

    /// <summary>Binary coded decimals: the digits read as hexadecimal ones.</summary>
    public static ulong DigitsOf(ulong number) =>
        ulong.Parse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The registers of characters, padded with <paramref name="padding"/>; what a packing leaves free is filled with 0xEE.</summary>
    public static byte[] Pack(byte[] characters, TextFormat format, byte padding)
    {
        int perRegister = format.Packing is CharacterPacking.HighFirst or CharacterPacking.LowFirst ? 2 : 1;
        byte At(int position) => position < characters.Length ? characters[position] : padding;
        return [.. Enumerable.Range(0, format.Registers).SelectMany(register => (byte[])(format.Packing switch
        {
            CharacterPacking.HighFirst => [At(register * perRegister), At((register * perRegister) + 1)],
            CharacterPacking.LowFirst => [At((register * perRegister) + 1), At(register * perRegister)],
            CharacterPacking.HighOnly => [At(register), 0xEE],
            _ => [0xEE, At(register)],
        }))];
    }
}
