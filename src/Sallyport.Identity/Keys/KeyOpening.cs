namespace Sallyport.Identity.Keys;

/// <summary>What came of opening or making a key.</summary>
public abstract record KeyOpening
{
    private KeyOpening()
    {
    }

    /// <summary>Here it is.</summary>
    /// <param name="Key">Belongs to its provider.</param>
    public sealed record Opened(IDeviceKey Key) : KeyOpening;

    /// <summary>The slot is empty.</summary>
    public sealed record Missing : KeyOpening
    {
        private Missing()
        {
        }

        /// <summary>The one.</summary>
        public static Missing Instance { get; } = new();
    }

    /// <summary>Not now: the TPM or the token does not answer, or a program is not installed. It may work later.</summary>
    /// <param name="Reason">For people: what is wrong and what to do.</param>
    public sealed record Unavailable(string Reason) : KeyOpening;

    /// <summary>Not like this: somebody has to change something.</summary>
    /// <param name="Reason">For people: what is wrong and what to do.</param>
    public sealed record Refused(string Reason) : KeyOpening;
}
