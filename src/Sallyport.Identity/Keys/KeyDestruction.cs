namespace Sallyport.Identity.Keys;

/// <summary>What came of destroying a key.</summary>
public abstract record KeyDestruction
{
    private KeyDestruction()
    {
    }

    /// <summary>The slot is empty.</summary>
    public sealed record Destroyed : KeyDestruction
    {
        private Destroyed()
        {
        }

        /// <summary>The one.</summary>
        public static Destroyed Instance { get; } = new();
    }

    /// <summary>The key may still be there.</summary>
    /// <param name="Reason">For people: what is wrong and what to do.</param>
    public sealed record Failed(string Reason) : KeyDestruction;
}
