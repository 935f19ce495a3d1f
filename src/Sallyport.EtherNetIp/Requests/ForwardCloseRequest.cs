using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Closes a connection.</summary>
/// <remarks>CIP Volume 1, section 3-5.5.3. Behind the size of the path is a byte more than in Forward Open.</remarks>
public sealed class ForwardCloseRequest : CipRequest
{
    private const int FixedSize = 12;

    internal ForwardCloseRequest(ConnectionParameters parameters)
        : base(CipService.ForwardClose, CipPath.ConnectionManager) => Parameters = parameters;

    /// <summary>Those with which it was opened.</summary>
    public ConnectionParameters Parameters { get; }

    internal override int DataSize => FixedSize + Parameters.PathSize;

    private protected override void WriteData(ref ByteWriter writer)
    {
        writer.Byte(ForwardOpenRequest.PriorityAndTick);
        writer.Byte(ForwardOpenRequest.Ticks);
        writer.UInt16(Parameters.ConnectionSerialNumber);
        writer.UInt16(Parameters.OriginatorVendor);
        writer.UInt32(Parameters.OriginatorSerialNumber);
        writer.Byte((byte)(Parameters.PathSize / 2));
        writer.Byte(0);
        Parameters.WritePath(ref writer);
    }
}
