using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for the value of a tag.</summary>
public sealed class ReadTagRequest : CipRequest
{
    internal ReadTagRequest(CipPath path, ushort elements)
        : base(CipService.ReadTag, path)
    {
        ArgumentOutOfRangeException.ThrowIfZero(elements);
        Elements = elements;
    }

    /// <summary>How many elements.</summary>
    public ushort Elements { get; }

    internal override int DataSize => sizeof(ushort);

    private protected override void WriteData(ref ByteWriter writer) => writer.UInt16(Elements);
}
