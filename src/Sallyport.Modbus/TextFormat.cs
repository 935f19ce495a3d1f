namespace Sallyport.Modbus;

/// <summary>How registers make a text.</summary>
/// <param name="Registers">How many, 1 to 125.</param>
/// <param name="Packing">How the characters lie in them.</param>
/// <param name="Encoding">What their bytes mean.</param>
public sealed record TextFormat(int Registers, CharacterPacking Packing, CharacterEncoding Encoding)
{
    /// <summary>One register.</summary>
    public static TextFormat Shortest { get; } = new(Registers: 1, CharacterPacking.HighFirst, CharacterEncoding.Ascii);
}
