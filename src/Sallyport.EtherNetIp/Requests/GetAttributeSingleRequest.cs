using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for one attribute.</summary>
public sealed class GetAttributeSingleRequest : CipRequest
{
    internal GetAttributeSingleRequest(CipPath path)
        : base(CipService.GetAttributeSingle, path)
    {
    }

    internal override int DataSize => 0;

    private protected override void WriteData(ref ByteWriter writer)
    {
    }
}
