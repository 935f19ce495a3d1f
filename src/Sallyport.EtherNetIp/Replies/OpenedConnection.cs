using System.Buffers.Binary;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Replies;

/// <summary>What a device agreed to.</summary>
/// <param name="ConnectionId">The id under which it is sent to.</param>
/// <param name="OriginatorInterval">The packet interval it expects of us.</param>
/// <param name="TargetInterval">The packet interval it keeps itself.</param>
/// <remarks>CIP Volume 1, section 3-5.5.2.</remarks>
public sealed record OpenedConnection(uint ConnectionId, TimeSpan OriginatorInterval, TimeSpan TargetInterval)
{
    private const int OurIdOffset = 4;
    private const int SerialOffset = 8;
    private const int VendorOffset = 10;
    private const int OriginatorOffset = 12;
    private const int OriginatorIntervalOffset = 16;
    private const int TargetIntervalOffset = 20;
    private const int FixedSize = 26;

    /// <summary>Reads the data of a good reply.</summary>
    /// <returns>False if it ends too early, or answers another request than the one with these parameters.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, ConnectionParameters parameters, out OpenedConnection? connection)
    {
        bool isOurs = data.Length >= FixedSize
            && BinaryPrimitives.ReadUInt32LittleEndian(data[OurIdOffset..]) == parameters.ConnectionId
            && BinaryPrimitives.ReadUInt16LittleEndian(data[SerialOffset..]) == parameters.ConnectionSerialNumber
            && BinaryPrimitives.ReadUInt16LittleEndian(data[VendorOffset..]) == parameters.OriginatorVendor
            && BinaryPrimitives.ReadUInt32LittleEndian(data[OriginatorOffset..]) == parameters.OriginatorSerialNumber;
        connection = isOurs
            ? new OpenedConnection(
                BinaryPrimitives.ReadUInt32LittleEndian(data), Interval(data[OriginatorIntervalOffset..]), Interval(data[TargetIntervalOffset..]))
            : null;
        return isOurs;
    }

    private static TimeSpan Interval(ReadOnlySpan<byte> microseconds) => TimeSpan.FromMicroseconds(BinaryPrimitives.ReadUInt32LittleEndian(microseconds));
}
