using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>How the plant treats those who send it messages.</summary>
/// <param name="Delay">Time between a message and its answer.</param>
/// <param name="Rudeness">What is wrong with the answers.</param>
/// <param name="Status">A status to refuse with, rather than answer.</param>
/// <param name="Every">Only each so-manieth message meets these manners; the others meet good ones.</param>
internal sealed record EtherNetIpManners(
    TimeSpan Delay = default, EtherNetIpRudeness Rudeness = EtherNetIpRudeness.None, CipStatus? Status = null, int Every = 1)
{
    /// <summary>Answers at once and by the book.</summary>
    public static EtherNetIpManners Good { get; } = new();

    /// <summary>Whether a client may take an answer for the truth.</summary>
    public bool IsHonest => Rudeness is EtherNetIpRudeness.None or EtherNetIpRudeness.OneByteAtATime or EtherNetIpRudeness.ExtraItems;
}
