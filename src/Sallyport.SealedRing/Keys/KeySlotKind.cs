namespace Sallyport.SealedRing.Keys;

/// <summary>What a key slot was wrapped with. The numbers are written to devices.</summary>
public enum KeySlotKind
{
    /// <summary>No slot.</summary>
    None = 0,

    /// <summary>A key file beside the ring: development only, and said so in metrics.</summary>
    File = 1,

    /// <summary>The IoT Edge workload API's encrypt call.</summary>
    Workload = 2,

    /// <summary>ECDH-ES to the device's key, which may be in a TPM or a PKCS#11 token.</summary>
    DeviceKey = 3,

    /// <summary>RSA-OAEP-256 to the owner's key, which is not on the gateway: opens a ring whose gateway is broken. The gateway itself cannot unwrap it.</summary>
    Escrow = 4,
}
