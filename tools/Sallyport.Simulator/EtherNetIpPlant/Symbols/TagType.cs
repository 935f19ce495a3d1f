namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>The type of a tag, of an element of an array, or of a member.</summary>
/// <param name="Code">Type code; for a structure that of all structures.</param>
/// <param name="Size">Bytes of one element in memory.</param>
/// <param name="Template">What a structure consists of; null for elementary types.</param>
internal sealed record TagType(byte Code, int Size, Template? Template = null)
{
    /// <summary>Longest text in a Micro800 STRING that was declared without a length.</summary>
    public const int ShortStringCharacters = 80;

    public static readonly TagType Bool = new(0xC1, 1);
    public static readonly TagType Sint = new(0xC2, 1);
    public static readonly TagType Int = new(0xC3, 2);
    public static readonly TagType Dint = new(0xC4, 4);
    public static readonly TagType Lint = new(0xC5, 8);
    public static readonly TagType Usint = new(0xC6, 1);
    public static readonly TagType Uint = new(0xC7, 2);
    public static readonly TagType Udint = new(0xC8, 4);
    public static readonly TagType Ulint = new(0xC9, 8);
    public static readonly TagType Real = new(0xCA, 4);
    public static readonly TagType Lreal = new(0xCB, 8);

    /// <summary>32 elements of an array of BOOL in Logix.</summary>
    public static readonly TagType Dword = new(0xD3, 4);

    /// <summary>STRING of Micro800: shorter on the wire than in memory.</summary>
    public static readonly TagType ShortString = new(0xDA, 1 + ShortStringCharacters);

    /// <summary>TIME, in milliseconds.</summary>
    public static readonly TagType Time = new(0xDB, 4);

    private const byte StructureCode = 0xA0;

    /// <summary>Whether a reply may end in the middle of an element only where a multiple of this many bytes lies before.</summary>
    public int Grain => Template is null ? Size : sizeof(uint);

    /// <summary>Bytes in front of the data in a reply: the code, and for structures the handle.</summary>
    public int PrefixLength => Template is null ? sizeof(ushort) : 2 * sizeof(ushort);

    /// <summary>The type of a structure.</summary>
    public static TagType Of(Template template) => new(StructureCode, template.Size, template);
}
