using System.Collections.Immutable;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for some attributes of an instance.</summary>
public sealed class GetAttributeListRequest : CipRequest
{
    internal GetAttributeListRequest(CipPath path, ImmutableArray<ushort> attributes)
        : base(CipService.GetAttributeList, path) => Attributes = attributes;

    /// <summary>Which.</summary>
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
}
