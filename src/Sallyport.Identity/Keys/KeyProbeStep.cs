namespace Sallyport.Identity.Keys;

/// <summary>What a key is asked to do before it is used.</summary>
public enum KeyProbeStep
{
    /// <summary>Sign; the signature is verified in software.</summary>
    Sign,

    /// <summary>Agree on a secret; the other side computes the same in software.</summary>
    Agree,

    /// <summary>Prove itself as the client of a TLS 1.2 connection.</summary>
    Tls12,

    /// <summary>The same with TLS 1.3.</summary>
    Tls13,
}
