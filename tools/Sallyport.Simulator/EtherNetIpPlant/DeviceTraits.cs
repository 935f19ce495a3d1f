namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>What a family of controllers can do and what it refuses.</summary>
internal sealed record DeviceTraits
{
    /// <summary>Whether it has a backplane: port segments and Unconnected Send.</summary>
    public required bool HasBackplane { get; init; }

    /// <summary>Whether Large Forward Open is answered rather than refused with 08.</summary>
    public required bool KnowsLargeForwardOpen { get; init; }

    /// <summary>Whether several requests fit into one message.</summary>
    public required bool KnowsMultipleServicePacket { get; init; }

    /// <summary>Whether tags are found by instance of the symbol object.</summary>
    public required bool KnowsInstanceAddressing { get; init; }

    /// <summary>Whether structures are read whole, browsed and described by templates.</summary>
    public required bool KnowsWholeStructures { get; init; }

    /// <summary>What a BOOL that is true looks like.</summary>
    public required byte TrueByte { get; init; }

    /// <summary>Most connections at a time.</summary>
    public required int MostConnections { get; init; }

    /// <summary>Largest connection that a Large Forward Open gets, in bytes.</summary>
    public int LargestLargeConnection { get; init; } = 4002;

    /// <summary>Largest connection that a Forward Open gets, in bytes.</summary>
    public int LargestConnection { get; init; } = 508;

    /// <summary>Most bytes of an unconnected reply.</summary>
    public int LargestUnconnectedReply { get; init; } = 504;

    /// <summary>A TCP connection on which nothing comes for so long is closed.</summary>
    public TimeSpan InactivityTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether connections are kept after their TCP connection is gone, until their watchdog ends them.</summary>
    public bool KeepsConnectionsOfLostClients { get; init; }

    /// <summary>Whether it takes messages on the secure port only, which the plant does not have: everything here is refused.</summary>
    public bool IsLockedToSecurePort { get; init; }

    /// <summary>5069-L330ER and its like.</summary>
    public static DeviceTraits CompactLogix { get; } = new()
    {
        HasBackplane = true,
        KnowsLargeForwardOpen = true,
        KnowsMultipleServicePacket = true,
        KnowsInstanceAddressing = true,
        KnowsWholeStructures = true,
        TrueByte = 0xFF,
        MostConnections = 32,
    };

    /// <summary>2080-LC50 and its like.</summary>
    public static DeviceTraits Micro850 { get; } = new()
    {
        HasBackplane = false,
        KnowsLargeForwardOpen = false,
        KnowsMultipleServicePacket = false,
        KnowsInstanceAddressing = false,
        KnowsWholeStructures = false,
        TrueByte = 1,
        MostConnections = 4,
    };
}
