namespace Sallyport.SealedRing.Keys;

/// <summary>What came of a key agreement.</summary>
public abstract record KeyAgreeing
{
    private KeyAgreeing()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Secret">The x coordinate that both sides computed; owned by the caller, who derives a key from it and disposes it.</param>
    public sealed record Agreed(SecretKey Secret) : KeyAgreeing;

    /// <summary>Not now: the token or the TPM does not answer, or is busy.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unavailable(string Reason) : KeyAgreeing;

    /// <summary>Never: the other key is no point of the curve, or the private key is gone.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Refused(string Reason) : KeyAgreeing;
}
