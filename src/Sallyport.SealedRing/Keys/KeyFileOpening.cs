namespace Sallyport.SealedRing.Keys;

/// <summary>What came of opening a key file.</summary>
public abstract record KeyFileOpening
{
    private KeyFileOpening()
    {
    }

    /// <summary>Here it is.</summary>
    /// <param name="Key">Owned by the caller.</param>
    public sealed record Opened(FileKeyAgreement Key) : KeyFileOpening;

    /// <summary>It may not be used.</summary>
    /// <param name="Reason">For people: what to do.</param>
    public sealed record Refused(string Reason) : KeyFileOpening;
}
