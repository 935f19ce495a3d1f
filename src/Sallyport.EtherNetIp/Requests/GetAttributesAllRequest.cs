using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for all attributes of an instance.</summary>
public sealed class GetAttributesAllRequest : CipRequest
{
    internal GetAttributesAllRequest(CipPath path)
        : base(CipService.GetAttributesAll, path)
    {
    }

    internal override int DataSize => 0;

    private protected override void WriteData(ref ByteWriter writer)
    {
    }
}
