namespace Sallyport.Identity.Revocation;

/// <summary>What became of a list that was offered. Closed.</summary>
public abstract record RevocationListOutcome
{
    private RevocationListOutcome()
    {
    }

    /// <summary>It counts from now on.</summary>
    /// <param name="Authority">Whose it is.</param>
    public sealed record Accepted(WatchedAuthority Authority) : RevocationListOutcome;

    /// <summary>It is the one that counts already.</summary>
    public sealed record Unchanged : RevocationListOutcome
    {
        /// <summary>The only instance.</summary>
        public static Unchanged Instance { get; } = new();
    }

    /// <summary>It is of an authority that nobody asked about yet.</summary>
    public sealed record Unclaimed : RevocationListOutcome
    {
        /// <summary>The only instance.</summary>
        public static Unclaimed Instance { get; } = new();
    }

    /// <summary>It is not believed.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(RevocationListFault Fault) : RevocationListOutcome;
}
