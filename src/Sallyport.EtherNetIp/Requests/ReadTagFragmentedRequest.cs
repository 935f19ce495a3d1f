using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for a part of the value of a tag.</summary>
public sealed class ReadTagFragmentedRequest : CipRequest
{
    internal const int OffsetSize = sizeof(uint);

    internal ReadTagFragmentedRequest(CipPath path, ushort elements, uint offset)
        : base(CipService.ReadTagFragmented, path)
    {
        ArgumentOutOfRangeException.ThrowIfZero(elements);
        (Elements, Offset) = (elements, offset);
    }

    /// <summary>How many elements the whole has.</summary>
    public ushort Elements { get; }

    /// <summary>How many bytes came before.</summary>
    public uint Offset { get; }

    internal override int DataSize => sizeof(ushort) + OffsetSize;

    private protected override void WriteData(ref ByteWriter writer)
    {
        writer.UInt16(Elements);
        writer.UInt32(Offset);
    }
}
