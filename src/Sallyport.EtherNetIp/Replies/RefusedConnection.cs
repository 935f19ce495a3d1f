using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Replies;

/// <summary>Why a device did not open or close a connection.</summary>
/// <param name="Status">The reason.</param>
/// <param name="SupportedSize">The size of messages that it would take, in bytes; null if it does not say.</param>
/// <param name="RemainingPathWords">How much of the path was left where it failed, in words; null if it does not say.</param>
public sealed record RefusedConnection(CipStatus Status, ushort? SupportedSize, byte? RemainingPathWords)
{
    private const int RemainingOffset = 8;

    /// <summary>Reads a reply that is not good.</summary>
    public static RefusedConnection Read(in MessageRouterReply reply)
    {
        bool namesSize = reply.Status is { General: 0x01, Extended: 0x0109 } && reply.AdditionalStatus.Length >= 2 * sizeof(ushort);
        return new RefusedConnection(
            reply.Status,
            namesSize ? BinaryPrimitives.ReadUInt16LittleEndian(reply.AdditionalStatus[sizeof(ushort)..]) : null,
            reply.Data.Length > RemainingOffset ? reply.Data[RemainingOffset] : null);
    }
}
