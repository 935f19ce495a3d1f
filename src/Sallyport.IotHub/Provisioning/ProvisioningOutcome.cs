using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>What became of a registration. Closed: the nested records are all there is.</summary>
public abstract record ProvisioningOutcome
{
    private ProvisioningOutcome()
    {
    }

    /// <summary>The device has a hub.</summary>
    /// <param name="Assignment">Which hub, which device.</param>
    /// <param name="Certificate">The one of our certificates that was accepted.</param>
    /// <param name="Change">What that did to the device's data.</param>
    /// <param name="Payload">What the service's own allocation handed over, JSON; empty for nothing.</param>
    public sealed record Assigned(
        HubAssignment Assignment, DeviceCertificate Certificate, AssignmentChange Change, ReadOnlyMemory<byte> Payload) : ProvisioningOutcome;

    /// <summary>The enrolment is there and switched off: somebody does not want this device.</summary>
    public sealed record Disabled : ProvisioningOutcome
    {
        /// <summary>What to do, in one sentence.</summary>
        public const string Words = "the enrolment is disabled: enable it, or find out why somebody shut this device out";

        /// <summary>The only instance.</summary>
        public static Disabled Instance { get; } = new();
    }

    /// <summary>The service said no, and asking again will not help before a person has done something.</summary>
    /// <param name="Code">The service's own number, or the status of its answer.</param>
    /// <param name="Words">What is wrong and what to do, in one sentence.</param>
    public sealed record Failed(int Code, string Words) : ProvisioningOutcome;

    /// <summary>None of our certificates was accepted.</summary>
    /// <param name="Words">What is wrong and what to look at, in one sentence.</param>
    public sealed record Unauthorized(string Words) : ProvisioningOutcome;

    /// <summary>The service could not be reached, or was not who it should be; nothing is known about the device.</summary>
    /// <param name="Words">How far it came, in one sentence.</param>
    public sealed record Unreachable(string Words) : ProvisioningOutcome;

    /// <summary>The service is there and has no time for us.</summary>
    /// <param name="Code">429, or 500 and above.</param>
    /// <param name="Words">What it said, in one sentence.</param>
    /// <param name="RetryAfter">How long it wants to be left alone; at least 2 s.</param>
    public sealed record Busy(int Code, string Words, TimeSpan RetryAfter) : ProvisioningOutcome;
}
