using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Opens a connection for messages.</summary>
/// <remarks>CIP Volume 1, section 3-5.5.2.</remarks>
public sealed class ForwardOpenRequest : CipRequest
{
    internal const byte PriorityAndTick = 0x0A;
    internal const byte Ticks = 0x0E;
    private const int SmallSize = 36;
    private const int LargeSize = 40;

    // Point to point, low priority, variable size; the size is in the bits below.
    private const ushort SmallFlags = 0x4200;
    private const uint LargeFlags = 0x4200_0000;

    // Server, triggered by the application, class 3.
    private const byte TransportClass = 0xA3;
    private const int MicrosecondTicks = 10;

    internal ForwardOpenRequest(ConnectionParameters parameters, bool isLarge)
        : base(isLarge ? CipService.LargeForwardOpen : CipService.ForwardOpen, CipPath.ConnectionManager)
    {
        if (!isLarge)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan<int>(parameters.Size, ConnectionParameters.MaxSmallSize, nameof(parameters));
        }

        (Parameters, IsLarge) = (parameters, isLarge);
    }

    /// <summary>What the connection shall be.</summary>
    public ConnectionParameters Parameters { get; }

    /// <summary>Whether the service for messages of more than 511 bytes is used.</summary>
    public bool IsLarge { get; }

    internal override int DataSize => (IsLarge ? LargeSize : SmallSize) + Parameters.PathSize;

    private protected override void WriteData(ref ByteWriter writer)
    {
        uint interval = (uint)(Parameters.RequestedPacketInterval.Ticks / MicrosecondTicks);
        writer.Byte(PriorityAndTick);
        writer.Byte(Ticks);
        writer.UInt32(0); // The target picks its id.
        writer.UInt32(Parameters.ConnectionId);
        writer.UInt16(Parameters.ConnectionSerialNumber);
        writer.UInt16(Parameters.OriginatorVendor);
        writer.UInt32(Parameters.OriginatorSerialNumber);
        writer.Byte(ConnectionParameters.TimeoutMultiplier);
        writer.Zeros(3);
        WriteDirection(ref writer, interval);
        WriteDirection(ref writer, interval);
        writer.Byte(TransportClass);
        writer.Byte((byte)(Parameters.PathSize / 2));
        Parameters.WritePath(ref writer);
    }

    private void WriteDirection(ref ByteWriter writer, uint interval)
    {
        writer.UInt32(interval);
        if (IsLarge)
        {
            writer.UInt32(LargeFlags | Parameters.Size);
        }
        else
        {
            writer.UInt16((ushort)(SmallFlags | Parameters.Size));
        }
    }
}
