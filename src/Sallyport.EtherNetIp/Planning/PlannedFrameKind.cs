namespace Sallyport.EtherNetIp.Planning;

/// <summary>What a planned frame asks for.</summary>
public enum PlannedFrameKind
{
    /// <summary>One tag.</summary>
    Single,

    /// <summary>Several tags.</summary>
    Packet,

    /// <summary>A part of one tag: ask again with the next offset until all has come.</summary>
    Fragment,
}
