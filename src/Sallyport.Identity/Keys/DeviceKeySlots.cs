namespace Sallyport.Identity.Keys;

/// <summary>What is fixed about the slots.</summary>
public static class DeviceKeySlots
{
    /// <summary>The name of a slot: in files, labels of objects and metrics. Part of what is stored, so it never changes.</summary>
    public static string NameOf(DeviceKeySlot slot) => slot switch
    {
        DeviceKeySlot.IdentityA => "identity-a",
        DeviceKeySlot.IdentityB => "identity-b",
        DeviceKeySlot.KeyEncryption => "key-encryption",
        DeviceKeySlot.Checkpoint => "checkpoint",
        _ => throw new ArgumentOutOfRangeException(nameof(slot)),
    };

    /// <summary>True for the key that agrees; the others sign.</summary>
    internal static bool Agrees(DeviceKeySlot slot) => slot == DeviceKeySlot.KeyEncryption;

    /// <summary>True for the keys that certificates are for.</summary>
    internal static bool IsIdentity(DeviceKeySlot slot) => slot is DeviceKeySlot.IdentityA or DeviceKeySlot.IdentityB;
}
