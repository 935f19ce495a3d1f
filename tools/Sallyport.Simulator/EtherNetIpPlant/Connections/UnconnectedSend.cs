using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Connections;

/// <summary>A message with the route that it shall take.</summary>
internal static class UnconnectedSend
{
    private const int HeaderLength = 4;
    private const int LengthOffset = 2;
    private const ushort ParameterError = 0x0205;

    /// <summary>Answers the message that lies inside, or says that the route leads nowhere.</summary>
    public static void Answer(EtherNetIpDevice device, in CipRequest request, CipExchange exchange)
    {
        var data = request.Data;
        int length = data.Length < HeaderLength ? ushort.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(data[LengthOffset..]);
        var routeAt = HeaderLength + length + (length % 2);
        if (data.Length < routeAt + 2 || data.Length != routeAt + 2 + (2 * data[routeAt]))
        {
            exchange.Refuse(request.Service, CipStatus.ConnectionFailure(ParameterError));
            return;
        }

        var (status, remainingWords) = ConnectionPath.FollowRoute(device.Traits, data[(routeAt + 2)..]);
        if (status == CipStatus.Success)
        {
            device.Answer(data.Slice(HeaderLength, length), exchange);
            return;
        }

        exchange.Refuse(request.Service, status);
        exchange.Reply.Byte(remainingWords);
    }
}
