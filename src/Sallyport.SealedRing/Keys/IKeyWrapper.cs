namespace Sallyport.SealedRing.Keys;

/// <summary>Wraps and unwraps one data key. The key that it does so with never comes here.</summary>
public interface IKeyWrapper
{
    /// <summary>Which slots it is for.</summary>
    KeySlotKind Kind { get; }

    /// <summary>Whether a slot is of its kind and, where slots of that kind say so, for the very key that it has: another is replaced when the ring opens.</summary>
    /// <param name="slot">As it stands on the device.</param>
    bool Holds(KeySlot slot);

    /// <summary>Wraps a key.</summary>
    /// <param name="key">Not kept.</param>
    /// <param name="buffer">The ring that it is for; bound to it where the method can.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken);

    /// <summary>Unwraps a slot of its kind.</summary>
    /// <param name="slot">As <see cref="WrapAsync"/> made it, or anything else that stood on the device.</param>
    /// <param name="buffer">As when it was wrapped.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken);
}
