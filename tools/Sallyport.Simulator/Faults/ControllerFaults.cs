using System.Collections.Frozen;
using Sallyport.Simulator.EtherNetIpPlant;

namespace Sallyport.Simulator.Faults;

/// <summary>The EtherNet/IP controllers' bad manners by the names that the command line has for them.</summary>
internal static class ControllerFaults
{
    /// <summary>What can befall all controllers.</summary>
    public static FrozenDictionary<string, EtherNetIpManners> Manners { get; } = new Dictionary<string, EtherNetIpManners>(StringComparer.Ordinal)
    {
        ["eip-silent"] = new(Rudeness: EtherNetIpRudeness.NoReply),
        ["eip-cut"] = new(Rudeness: EtherNetIpRudeness.Reset),
        ["eip-session-lost"] = new(Rudeness: EtherNetIpRudeness.SessionLost, Every: 5),
        ["eip-wrong-sequence"] = new(Rudeness: EtherNetIpRudeness.WrongSequence),
        ["eip-stale"] = new(Rudeness: EtherNetIpRudeness.StaleReply, Every: 2),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
