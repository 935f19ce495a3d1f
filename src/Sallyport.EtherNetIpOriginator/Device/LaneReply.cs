using Sallyport.EtherNetIp.Encapsulation;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What one exchange ended in.</summary>
internal readonly record struct LaneReply
{
    /// <summary>The header of the reply.</summary>
    public EncapsulationHeader Header { get; private init; }

    /// <summary>The reply of the message router, or the body of a frame that has none. In the buffer of the lane: good until its next request.</summary>
    public ReadOnlyMemory<byte> Message { get; private init; }

    /// <summary>Why there is no reply; null if there is one.</summary>
    public string? Failure { get; private init; }

    /// <summary>Whether the session was closed before anything of a reply came: the device may have closed it because it was quiet.</summary>
    public bool IsSwallowed { get; private init; }

    public static LaneReply Answered(in EncapsulationHeader header, ReadOnlyMemory<byte> message) => new() { Header = header, Message = message };

    public static LaneReply Failed(string reason, bool isSwallowed) => new() { Failure = reason, IsSwallowed = isSwallowed };
}
