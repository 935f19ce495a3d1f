using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Encapsulation;

/// <summary>The body of RegisterSession: the version of the protocol, and no options.</summary>
/// <remarks>CIP Volume 2, section 2-4.4. The header of the reply carries the new session.</remarks>
public static class SessionRegistration
{
    /// <summary>The only version there is.</summary>
    public const ushort ProtocolVersion = 1;

    internal const int Size = 4;

    /// <summary>Reads the session of a reply.</summary>
    /// <returns>False if the target refused, or if this is not a reply to RegisterSession.</returns>
    public static bool TryRead(in EncapsulationHeader header, ReadOnlySpan<byte> body, out uint sessionHandle)
    {
        sessionHandle = header.SessionHandle;
        return header.Command is EncapsulationCommand.RegisterSession
            && header.Status is EncapsulationStatus.Success
            && sessionHandle != 0
            && body.Length >= Size
            && BinaryPrimitives.ReadUInt16LittleEndian(body) == ProtocolVersion;
    }
}
