namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>One entry of the symbol object: a tag, or something else that has a name.</summary>
/// <param name="Id">Instance of the symbol object.</param>
/// <param name="Name">Name within its scope.</param>
/// <param name="Type">Type of one element; null for what cannot be read.</param>
/// <param name="Dimensions">Of an array, outermost first; empty for a single one.</param>
/// <param name="Access">What clients may do with it.</param>
/// <param name="IsAlias">Whether it stands for another tag.</param>
/// <param name="Memory">Where its value lies; null for what cannot be read.</param>
/// <param name="TypeWord">Symbol type as it is browsed.</param>
internal sealed record Symbol(
    uint Id, string Name, TagType? Type, int[] Dimensions, ExternalAccess Access, bool IsAlias, TagMemory? Memory, ushort TypeWord)
{
    private const ushort SystemBit = 0x1000;

    /// <summary>A tag.</summary>
    public static Symbol Tag(uint id, string name, TagType type, int[] dimensions, ExternalAccess access, TagMemory memory) => new(
        id,
        name,
        type,
        dimensions,
        access,
        IsAlias: false,
        memory,
        (ushort)((type.Template is { } template ? 0x8000 | template.Id : type.Code) | (dimensions.Length << 13)));

    /// <summary>A name that belongs to the system: a program, a task, a routine, a map.</summary>
    public static Symbol OfSystem(uint id, string name, byte code) =>
        new(id, name, Type: null, [], ExternalAccess.ReadWrite, IsAlias: false, Memory: null, (ushort)(SystemBit | code));
}
