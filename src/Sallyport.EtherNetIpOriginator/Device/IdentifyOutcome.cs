using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Who a controller is. Closed.</summary>
public abstract record IdentifyOutcome
{
    private IdentifyOutcome()
    {
    }

    /// <summary>It is the device that the plan says.</summary>
    /// <param name="Identity">What it says of itself.</param>
    public sealed record Identified(IdentityObject Identity) : IdentifyOutcome;

    /// <summary>It is another one.</summary>
    /// <param name="Differences">In what it differs.</param>
    /// <param name="Identity">What it says of itself.</param>
    public sealed record WrongDevice(KeyingOutcome.Differs Differences, IdentityObject Identity) : IdentifyOutcome;

    /// <summary>It did not say.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    /// <param name="IsConnectionDown">Whether there is no connection to the device at all.</param>
    public sealed record NotReached(string Reason, bool IsConnectionDown) : IdentifyOutcome;
}
