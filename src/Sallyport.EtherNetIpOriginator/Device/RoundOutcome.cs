using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What one round ended in. Closed.</summary>
public abstract record RoundOutcome
{
    private RoundOutcome()
    {
    }

    /// <summary>The values are there, each good or bad.</summary>
    /// <param name="At">When the first reply came.</param>
    public sealed record Read(DateTimeOffset At) : RoundOutcome;

    /// <summary>Nothing was read.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    /// <param name="IsConnectionDown">Whether there is no connection to the device at all.</param>
    public sealed record Silent(string Reason, bool IsConnectionDown) : RoundOutcome;

    /// <summary>It is another device than the plan says: nothing was read.</summary>
    /// <param name="Differences">In what it differs.</param>
    public sealed record WrongDevice(KeyingOutcome.Differs Differences) : RoundOutcome;
}
