namespace Sallyport.SealedRing;

/// <summary>What there is to hand out.</summary>
public abstract record TakeOutcome
{
    private TakeOutcome()
    {
    }

    /// <summary>A page; confirm it, return it or discard it.</summary>
    /// <param name="Page">The oldest that is not handed out.</param>
    public sealed record Taken(SealedPage Page) : TakeOutcome;

    /// <summary>Nothing.</summary>
    public sealed record Empty : TakeOutcome
    {
        internal static Empty Instance { get; } = new();
    }

    /// <summary>Its numbers are not reserved on the device yet: commit, then ask again. Numbers that leave the gateway must never come twice.</summary>
    public sealed record CommitFirst : TakeOutcome
    {
        internal static CommitFirst Instance { get; } = new();
    }
}
