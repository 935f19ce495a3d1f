using System.Collections.Immutable;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for the tags that there are, with some attributes of each.</summary>
public sealed class GetInstanceAttributeListRequest : CipRequest
{
    internal GetInstanceAttributeListRequest(string? program, uint firstInstance, ImmutableArray<ushort> attributes)
        : base(CipService.GetInstanceAttributeList, PathOf(program, firstInstance)) => Attributes = attributes;

    /// <summary>What is asked of each.</summary>
    public ImmutableArray<ushort> Attributes { get; }

    internal override int DataSize => sizeof(ushort) * (1 + Attributes.Length);

    private protected override void WriteData(ref ByteWriter writer)
    {
        writer.UInt16((ushort)Attributes.Length);
        foreach (ushort attribute in Attributes)
        {
            writer.UInt16(attribute);
        }
    }

    private static CipPath PathOf(string? program, uint firstInstance)
    {
        var path = new CipPathBuilder();
        if (program is not null)
        {
            path.Symbol(TagName.ProgramPrefix + program);
        }

        // The start is always written with 16 bits or more: that is how controllers expect it.
        return path.Class(TagName.SymbolClass).WideInstance(firstInstance).Build();
    }
}
