namespace Sallyport.Identity.Keys;

/// <summary>Whether a key does what it is for.</summary>
public abstract record KeyProbing
{
    private KeyProbing()
    {
    }

    /// <summary>All of it.</summary>
    public sealed record Works : KeyProbing
    {
        private Works()
        {
        }

        /// <summary>The one.</summary>
        public static Works Instance { get; } = new();
    }

    /// <summary>Not all of it.</summary>
    /// <param name="Step">What it was asked to do.</param>
    /// <param name="Reason">For people.</param>
    public sealed record Fails(KeyProbeStep Step, string Reason) : KeyProbing;
}
