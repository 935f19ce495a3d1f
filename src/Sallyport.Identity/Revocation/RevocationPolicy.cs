namespace Sallyport.Identity.Revocation;

/// <summary>What a link demands of revocation lists. A certificate that a list says is revoked is refused under every one of them. Closed.</summary>
public abstract record RevocationPolicy
{
    private RevocationPolicy()
    {
    }

    /// <summary>How long a list still counts after its next update was due.</summary>
    public virtual TimeSpan StaleFor => TimeSpan.Zero;

    /// <summary>Whether no answer is a refusal.</summary>
    public virtual bool DemandsProof => true;

    /// <summary>Refused when a list says so; without a list there is nothing to say. For links whose authorities publish none.</summary>
    public sealed record WhenListed : RevocationPolicy
    {
        private WhenListed()
        {
        }

        /// <summary>The only instance.</summary>
        public static WhenListed Instance { get; } = new();

        /// <inheritdoc/>
        public override bool DemandsProof => false;
    }

    /// <summary>Refused unless a list that is in time does not have it.</summary>
    public sealed record Require : RevocationPolicy
    {
        private Require()
        {
        }

        /// <summary>The only instance.</summary>
        public static Require Instance { get; } = new();
    }

    /// <summary>As <see cref="Require"/>, but a list counts for some hours longer than it says: an authority that is out of reach must not stop a plant.</summary>
    /// <param name="Hours">1 to 720.</param>
    public sealed record Grace(int Hours) : RevocationPolicy
    {
        /// <inheritdoc/>
        public override TimeSpan StaleFor => TimeSpan.FromHours(Math.Clamp(Hours, 0, 720));
    }
}
