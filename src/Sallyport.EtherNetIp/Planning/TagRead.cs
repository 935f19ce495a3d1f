using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Replies;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>A tag that is read in each round.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Elements">How many elements are read, 1 or more.</param>
/// <param name="ReplySize">How many bytes its value has in a reply, with the type in front of it. If it is not known, a guess: what does not fit, the device
/// gives in parts.</param>
public readonly record struct TagRead(CipPath Path, ushort Elements, int ReplySize)
{
    /// <summary>A tag of an elementary type.</summary>
    public static TagRead Elementary(CipPath path, ushort elements, int elementSize) => new(path, elements, sizeof(ushort) + (elements * elementSize));

    /// <summary>A tag that is a structure.</summary>
    public static TagRead Structure(CipPath path, ushort elements, int structureSize) =>
        new(path, elements, TagData.MaxPrefixSize + (elements * structureSize));
}
