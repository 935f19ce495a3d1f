namespace Sallyport.Identity.Keys;

/// <summary>What came of using a key.</summary>
/// <typeparam name="T">What the use gives.</typeparam>
public abstract record KeyUse<T>
{
    private KeyUse()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Result">Owned by the caller.</param>
    public sealed record Done(T Result) : KeyUse<T>
    {
        /// <summary>Never the result: it may be a secret.</summary>
        public override string ToString() => nameof(Done);
    }

    /// <summary>The key did not answer, not even after it was opened again. It may later.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unavailable(string Reason) : KeyUse<T>;

    /// <summary>Never: what was asked does not fit the key.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Refused(string Reason) : KeyUse<T>;
}
