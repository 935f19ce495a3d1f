namespace Sallyport.Identity.Keys;

/// <summary>The keys that a gateway has. A provider has one place for each.</summary>
public enum DeviceKeySlot
{
    /// <summary>One of the two keys of the identity: while one is in use, the next certificate is asked for with the other.</summary>
    IdentityA,

    /// <summary>The other one.</summary>
    IdentityB,

    /// <summary>Agrees on the key that wraps data keys. It signs nothing.</summary>
    KeyEncryption,

    /// <summary>Signs checkpoints of the sealed ring. It outlives certificates: the verifier knows it by itself.</summary>
    Checkpoint,
}
