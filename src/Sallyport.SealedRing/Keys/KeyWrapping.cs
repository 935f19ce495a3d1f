namespace Sallyport.SealedRing.Keys;

/// <summary>What came of wrapping.</summary>
public abstract record KeyWrapping
{
    private KeyWrapping()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Slot">To be kept on the device.</param>
    public sealed record Wrapped(KeySlot Slot) : KeyWrapping;

    /// <summary>Not now: asking again later may help.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unavailable(string Reason) : KeyWrapping;
}
