using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>What a connection for messages (class 3) shall be. Ids and serial numbers must be random for each process: a Micro800 takes two clients with the
/// same ones for one.</summary>
/// <remarks>CIP Volume 1, section 3-5.5.2.</remarks>
public sealed record ConnectionParameters
{
    /// <summary>The largest size that fits in the request for small messages, in bytes.</summary>
    public const int MaxSmallSize = 511;

    /// <summary>The id under which the target shall send to us; no other live connection may have it.</summary>
    public required uint ConnectionId { get; init; }

    /// <summary>Which of our connections it is.</summary>
    public required ushort ConnectionSerialNumber { get; init; }

    /// <summary>Who made us; constant.</summary>
    public required ushort OriginatorVendor { get; init; }

    /// <summary>Which process we are; constant while it lives.</summary>
    public required uint OriginatorSerialNumber { get; init; }

    /// <summary>The largest message with its sequence count, in bytes: 4000 large, 504 small.</summary>
    public required ushort Size { get; init; }

    /// <summary>The way to the controller.</summary>
    public required RoutePath Route { get; init; }

    /// <summary>The device that must be at its end; null if the target shall not compare.</summary>
    public ElectronicKey? Key { get; init; }

    /// <summary>The time between two requests that we promise. The target closes the connection if nothing came in 32 times as long.</summary>
    public TimeSpan RequestedPacketInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long without a request the target closes the connection.</summary>
    public TimeSpan Watchdog => RequestedPacketInterval * WatchdogIntervals;

    internal const byte TimeoutMultiplier = 3;
    private const int WatchdogIntervals = 32;

    internal int PathSize => Route.Path.Size + (Key is null ? 0 : ElectronicKey.SegmentSize) + CipPath.MessageRouter.Size;

    internal void WritePath(ref ByteWriter writer)
    {
        writer.Bytes(Route.Path.Bytes);
        Key?.WriteSegment(ref writer);
        writer.Bytes(CipPath.MessageRouter.Bytes);
    }
}
