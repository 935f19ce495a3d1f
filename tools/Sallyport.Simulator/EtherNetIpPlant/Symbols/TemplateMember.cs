namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>One member of a structure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of one element.</param>
/// <param name="Offset">Byte within the structure.</param>
/// <param name="ArrayLength">Elements of an array; 0 for a single one.</param>
/// <param name="Bit">Bit of the hidden host that holds a BOOL; else 0.</param>
/// <param name="Access">What clients may do with it.</param>
/// <param name="IsHidden">Whether it is a host of BOOLs, which nobody can name.</param>
internal sealed record TemplateMember(
    string Name, TagType Type, int Offset, int ArrayLength, int Bit, ExternalAccess Access, bool IsHidden = false)
{
    /// <summary>Its dimensions.</summary>
    public int[] Dimensions { get; } = ArrayLength == 0 ? [] : [ArrayLength];

    /// <summary>Whether reading it is denied, as a whole.</summary>
    public bool IsDenied => Access is ExternalAccess.None || Type.Template is { IsDenied: true };
}
