namespace Sallyport.Identity.Renewal;

/// <summary>What those who will have to accept a new certificate say to it. Closed.</summary>
public abstract record IdentityProof
{
    private IdentityProof()
    {
    }

    /// <summary>They accept it.</summary>
    public sealed record Proven : IdentityProof
    {
        private Proven()
        {
        }

        /// <summary>The only instance.</summary>
        public static Proven Instance { get; } = new();
    }

    /// <summary>They do not.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Refused(string Reason) : IdentityProof;

    /// <summary>Nobody answers; the certificate is as good as before.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unreachable(string Reason) : IdentityProof
    {
        /// <summary>How long they want to be left alone at least; zero if they did not say.</summary>
        public TimeSpan RetryAfter { get; init; }
    }
}
