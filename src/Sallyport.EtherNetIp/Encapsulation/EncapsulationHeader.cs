using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>The 24 bytes in front of every message.</summary>
/// <param name="Command">What is asked or answered.</param>
/// <param name="Length">Length of what follows the header, in bytes: 0 to 65535.</param>
/// <param name="SessionHandle">The session, 0 before there is one.</param>
/// <param name="Status">0 in requests.</param>
/// <param name="SenderContext">Echoed by the target: pairs a reply with its request.</param>
/// <param name="Options">Always 0 in what we send.</param>
/// <remarks>CIP Volume 2, section 2-3.1. Little-endian.</remarks>
public readonly record struct EncapsulationHeader(
    EncapsulationCommand Command, ushort Length, uint SessionHandle, EncapsulationStatus Status, ulong SenderContext, uint Options = 0)
{
    /// <summary>Size of the header, in bytes.</summary>
    public const int Size = 24;

    /// <summary>The longest that can follow the header, in bytes.</summary>
    public const int MaxLength = ushort.MaxValue;

    /// <summary>The command and the length of what is no frame cannot be found out: the numbers that the specification has not given.</summary>
    internal bool HasKnownCommand => Command is EncapsulationCommand.NoOperation or EncapsulationCommand.ListServices or EncapsulationCommand.StartDtls
        or (>= EncapsulationCommand.ListIdentity and <= EncapsulationCommand.UnRegisterSession)
        or EncapsulationCommand.SendRRData or EncapsulationCommand.SendUnitData;

    internal const int SessionHandleOffset = 4;
    internal const int SenderContextOffset = 12;
    private const int LengthOffset = 2;
    private const int StatusOffset = 8;
    private const int OptionsOffset = 20;

    /// <summary>Writes the header to the first <see cref="Size"/> bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Command);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[LengthOffset..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[SessionHandleOffset..], SessionHandle);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[StatusOffset..], (uint)Status);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[SenderContextOffset..], SenderContext);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[OptionsOffset..], Options);
    }

    /// <summary>Reads a header once all its bytes have arrived.</summary>
    /// <returns>False if more bytes are needed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EncapsulationHeader header)
    {
        header = default;
        if (bytes.Length < Size)
        {
            return false;
        }

        header = new EncapsulationHeader(
            (EncapsulationCommand)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[LengthOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[SessionHandleOffset..]),
            (EncapsulationStatus)BinaryPrimitives.ReadUInt32LittleEndian(bytes[StatusOffset..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[SenderContextOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[OptionsOffset..]));
        return true;
    }
}
