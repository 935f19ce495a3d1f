using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Has a request passed on to a device behind this one.</summary>
/// <remarks>CIP Volume 1, section 3-5.5.4. The device gives up after 2^10 ms x 5, about five seconds.</remarks>
public sealed class UnconnectedSendRequest : CipRequest
{
    internal const byte PriorityAndTick = 0x0A;
    internal const byte Ticks = 0x05;
    private const int FixedSize = 6;

    internal UnconnectedSendRequest(CipRequest request, RoutePath route)
        : base(CipService.UnconnectedSend, CipPath.ConnectionManager)
    {
        if (route.IsEmpty)
        {
            throw new ArgumentException("Without a route a request is sent as it is.", nameof(route));
        }

        (Request, Route) = (request, route);
    }

    /// <summary>What is passed on.</summary>
    public CipRequest Request { get; }

    /// <summary>Where.</summary>
    public RoutePath Route { get; }

    internal override int DataSize => FixedSize + EvenSize + Route.Path.Size;

    private int EvenSize => (Request.Size + 1) & ~1;

    private protected override void WriteData(ref ByteWriter writer)
    {
        writer.Byte(PriorityAndTick);
        writer.Byte(Ticks);
        writer.UInt16((ushort)Request.Size);
        Request.Write(ref writer);
        writer.Zeros(EvenSize - Request.Size);
        writer.Byte((byte)Route.Path.Words);
        writer.Byte(0);
        writer.Bytes(Route.Path.Bytes);
    }
}
