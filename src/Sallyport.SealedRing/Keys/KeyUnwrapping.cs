namespace Sallyport.SealedRing.Keys;

/// <summary>What came of unwrapping. The difference between «not now» and «never» decides whether data are given up.</summary>
public abstract record KeyUnwrapping
{
    private KeyUnwrapping()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Key">Owned by the caller.</param>
    public sealed record Unwrapped(SecretKey Key) : KeyUnwrapping;

    /// <summary>Not now: the daemon, the token or the TPM does not answer. Asking again later may help; the data stay.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unavailable(string Reason) : KeyUnwrapping;

    /// <summary>Never: whoever holds the key says that the slot was not wrapped with it, or was changed.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Refused(string Reason) : KeyUnwrapping;
}
