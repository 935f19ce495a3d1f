using Sallyport.EtherNetIp.Browsing;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks for a part of the definition of a structure: Read Tag on its template.</summary>
public sealed class ReadTemplateRequest : CipRequest
{
    internal ReadTemplateRequest(ushort template, uint offset, ushort length)
        : base(CipService.ReadTag, TemplateAttributes.PathOf(template)) => (Offset, Length) = (offset, length);

    /// <summary>How many bytes came before.</summary>
    public uint Offset { get; }

    /// <summary>How many bytes are still to come.</summary>
    public ushort Length { get; }

    internal override int DataSize => sizeof(uint) + sizeof(ushort);

    private protected override void WriteData(ref ByteWriter writer)
    {
        writer.UInt32(Offset);
        writer.UInt16(Length);
    }
}
