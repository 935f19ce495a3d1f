using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>How requests go to a device, and how large messages may be there.</summary>
public sealed class ReadChannel
{
    /// <summary>The largest message without a connection that all devices take, in bytes.</summary>
    public const int UnconnectedSize = 504;

    /// <summary>The smallest connection that is planned for, in bytes.</summary>
    public const int MinConnectionSize = 64;

    internal const int SendOverhead = 12;

    private ReadChannel(bool isConnected, RoutePath route, int maxRequest, int maxReply) =>
        (IsConnected, Route, MaxRequest, MaxReply) = (isConnected, route, maxRequest, maxReply);

    /// <summary>Whether there is a connection.</summary>
    public bool IsConnected { get; }

    /// <summary>The way that requests without a connection take.</summary>
    public RoutePath Route { get; }

    /// <summary>The largest request, in bytes.</summary>
    public int MaxRequest { get; }

    /// <summary>The largest reply, in bytes.</summary>
    public int MaxReply { get; }

    /// <summary>Over a connection.</summary>
    /// <param name="connectionSize">What was agreed, in bytes; it includes the sequence count.</param>
    public static ReadChannel Connected(ushort connectionSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan<int>(connectionSize, MinConnectionSize, nameof(connectionSize));
        int size = Math.Min(connectionSize - sizeof(ushort), EncapsulationHeader.MaxLength - RequestSerializer.ConnectedOverhead);
        return new ReadChannel(isConnected: true, RoutePath.None, size, size);
    }

    /// <summary>Without a connection.</summary>
    /// <param name="route">The way to the controller.</param>
    public static ReadChannel Unconnected(RoutePath route) =>
        new(isConnected: false, route, UnconnectedSize - (route.IsEmpty ? 0 : SendOverhead + 1 + route.Path.Size), UnconnectedSize);
}
