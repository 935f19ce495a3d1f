using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Destruction;

/// <summary>What came of a wipe.</summary>
public abstract record WipeOutcome
{
    private WipeOutcome()
    {
    }

    /// <summary>The device is blank.</summary>
    /// <param name="Report">For the record.</param>
    public sealed record Wiped(WipeReport Report) : WipeOutcome;

    /// <summary>The disk said no. From <see cref="WipeStep.Flagged"/> on the wipe goes on at the next opening.</summary>
    /// <param name="Reached">The last step that was done.</param>
    /// <param name="Fault">What the disk said; of the call <c>compare</c> if something else than zeros was read back.</param>
    public sealed record Interrupted(WipeStep Reached, DeviceFault Fault) : WipeOutcome;

    /// <summary>There is no wipe to go on with.</summary>
    public sealed record NothingToWipe : WipeOutcome;
}
