using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>The 24 bytes in front of every message. Little-endian.</summary>
/// <param name="Command">Command.</param>
/// <param name="Length">Bytes that follow.</param>
/// <param name="SessionHandle">0 until a session is registered.</param>
/// <param name="Status">0 in requests.</param>
/// <param name="SenderContext">Echoed in the reply.</param>
/// <param name="Options">0; a message with others is dropped.</param>
internal readonly record struct EncapsulationHeader(
    EncapsulationCommand Command, ushort Length, uint SessionHandle, uint Status, ulong SenderContext, uint Options)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 24;

    private const int LengthOffset = 2;
    private const int SessionHandleOffset = 4;
    private const int StatusOffset = 8;
    private const int SenderContextOffset = 12;
    private const int OptionsOffset = 20;

    /// <summary>Reads a header from its 24 bytes.</summary>
    public static EncapsulationHeader Read(ReadOnlySpan<byte> bytes) => new(
        (EncapsulationCommand)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[LengthOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[SessionHandleOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[StatusOffset..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[SenderContextOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[OptionsOffset..]));

    /// <summary>Writes the header into 24 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)Command);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[LengthOffset..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[SessionHandleOffset..], SessionHandle);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[StatusOffset..], Status);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[SenderContextOffset..], SenderContext);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[OptionsOffset..], Options);
    }
}
