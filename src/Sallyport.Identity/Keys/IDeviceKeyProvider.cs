namespace Sallyport.Identity.Keys;

/// <summary>A place for private keys: the TPM, a PKCS#11 token or a folder. One of each in a process, for as long as the process runs.</summary>
public interface IDeviceKeyProvider
{
    /// <summary>As configurations and metrics say it: <c>tpm</c>, <c>pkcs11</c> or <c>file</c>.</summary>
    string Name { get; }

    /// <summary>What keeps its keys from whoever takes the disk away. For a token that was not asked yet, the least that it may be.</summary>
    KeyProtection Protection { get; }

    /// <summary>How often a key had to be opened again since the start. Each time leaves a connection to the TPM behind.</summary>
    int Reopenings { get; }

    /// <summary>True if a key was opened again so often that the module should be restarted: a key that dies now is not opened any more.</summary>
    bool NeedsRestart { get; }

    /// <summary>Makes a new key. A slot that has one is refused: nothing is ever replaced.</summary>
    Task<KeyOpening> CreateAsync(DeviceKeySlot slot, CancellationToken cancellationToken);

    /// <summary>Gives the key of a slot: the very one that it gave before, if it did.</summary>
    Task<KeyOpening> OpenAsync(DeviceKeySlot slot, CancellationToken cancellationToken);

    /// <summary>Closes what is open of a slot, where another process may have put another key. The next opening looks anew.</summary>
    void Forget(DeviceKeySlot slot);

    /// <summary>Destroys the key of a slot for good. An empty slot is as wanted.</summary>
    Task<KeyDestruction> DestroyAsync(DeviceKeySlot slot, CancellationToken cancellationToken);
}
