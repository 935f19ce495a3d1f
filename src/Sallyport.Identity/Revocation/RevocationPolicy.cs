using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sallyport.Identity.Revocation;

/// <summary>What a link demands of revocation lists. A certificate that a list says is revoked is refused under every one of them. Closed.</summary>
public abstract record RevocationPolicy
{
    private const int LongestGrace = 720;
    private const string GracePrefix = "grace:";

    private RevocationPolicy()
    {
    }

    /// <summary>How long a list still counts after its next update was due.</summary>
    public virtual TimeSpan StaleFor => TimeSpan.Zero;

    /// <summary>Whether no answer is a refusal.</summary>
    public virtual bool DemandsProof => true;

    /// <summary>Whether a certificate of our own authority must name where its list is.</summary>
    public virtual bool DemandsAddress => true;

    /// <summary>Reads what a configuration says of a link: <c>require</c>, <c>grace:24</c> for 24 hours (1 to 720), <c>none-published</c>.</summary>
    /// <param name="text">Exactly that.</param>
    /// <param name="policy">If it is one of them.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out RevocationPolicy? policy)
    {
        policy = text switch
        {
            "require" => Require.Instance,
            "none-published" => NonePublished.Instance,
            _ when text.StartsWith(GracePrefix, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(GracePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
                && hours is >= 1 and <= LongestGrace => new Grace(hours),
            _ => null,
        };
        return policy is not null;
    }

    /// <summary>Refused when a list says so; without a list there is nothing to say. For links whose lists a gateway may be unable to reach.</summary>
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

    /// <summary>An operator said that the authority of this link publishes no lists: nothing is demanded. One that is there counts all the same.</summary>
    public sealed record NonePublished : RevocationPolicy
    {
        private NonePublished()
        {
        }

        /// <summary>The only instance.</summary>
        public static NonePublished Instance { get; } = new();

        /// <inheritdoc/>
        public override bool DemandsProof => false;

        /// <inheritdoc/>
        public override bool DemandsAddress => false;
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
        public override TimeSpan StaleFor => TimeSpan.FromHours(Math.Clamp(Hours, 0, LongestGrace));
    }
}
