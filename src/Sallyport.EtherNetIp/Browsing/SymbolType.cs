using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>The type of a tag or of a member of a structure, as the controller lists it.</summary>
/// <param name="Word">The 16 bits.</param>
public readonly record struct SymbolType(ushort Word)
{
    /// <summary>Whether it is a structure.</summary>
    public bool IsStructure => (Word & 0x8000) != 0;

    /// <summary>Whether it belongs to the controller and not to its program.</summary>
    public bool IsSystem => (Word & 0x1000) != 0;

    /// <summary>How many dimensions the array has; 0 if it is none.</summary>
    public int Dimensions => (Word >> 13) & 3;

    /// <summary>The definition of the structure.</summary>
    public ushort Template => (ushort)(Word & 0x0FFF);

    /// <summary>The elementary type, if it is no structure.</summary>
    public CipDataType DataType => (CipDataType)(Word & 0xFF);

    /// <summary>The bit of a BOOL in the byte that it lies in.</summary>
    public int BitPosition => (Word >> 8) & 7;
}
