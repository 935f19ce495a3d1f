using System.Buffers.Binary;

namespace Sallyport.EtherNetIp;

/// <summary>Puts little-endian fields one after the other into bytes that have room for them.</summary>
internal ref struct ByteWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    public void Byte(byte value) => Take(sizeof(byte))[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void Bytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Zeros(int length) => Take(length).Clear();

    private Span<byte> Take(int length)
    {
        Span<byte> taken = _bytes.Slice(Length, length);
        Length += length;
        return taken;
    }
}
