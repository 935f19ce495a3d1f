using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What opening a session ended in. Closed.</summary>
internal abstract record OpeningOutcome
{
    private OpeningOutcome()
    {
    }

    /// <summary>It can be read.</summary>
    public sealed record Opened(OpenController Controller) : OpeningOutcome;

    /// <summary>It is another device: nothing is read.</summary>
    public sealed record WrongDevice(KeyingOutcome.Differs Differences, IdentityObject Identity) : OpeningOutcome;

    /// <summary>It cannot be read now.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    /// <param name="IsConnectionDown">Whether there is no connection to the device at all.</param>
    /// <param name="IsLasting">Whether somebody has to do something before it can.</param>
    public sealed record Failed(string Reason, bool IsConnectionDown, bool IsLasting = false) : OpeningOutcome;
}
