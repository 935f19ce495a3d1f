namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>Numbers of PKCS #11 2.40, with the names of pkcs11t.h in the comments.</summary>
internal static class CryptokiConstants
{
    public const nuint PrivateKey = 3; // CKO_PRIVATE_KEY
    public const nuint PublicKey = 2; // CKO_PUBLIC_KEY
    public const nuint EllipticCurve = 3; // CKK_EC
    public const nuint EcKeyPairGen = 0x1040; // CKM_EC_KEY_PAIR_GEN

    public const nuint Class = 0x000; // CKA_CLASS
    public const nuint OnToken = 0x001; // CKA_TOKEN
    public const nuint Private = 0x002; // CKA_PRIVATE
    public const nuint Label = 0x003; // CKA_LABEL
    public const nuint KeyType = 0x100; // CKA_KEY_TYPE
    public const nuint Id = 0x102; // CKA_ID
    public const nuint Sensitive = 0x103; // CKA_SENSITIVE
    public const nuint Sign = 0x108; // CKA_SIGN
    public const nuint Verify = 0x10A; // CKA_VERIFY
    public const nuint Derive = 0x10C; // CKA_DERIVE
    public const nuint Extractable = 0x162; // CKA_EXTRACTABLE
    public const nuint EcParams = 0x180; // CKA_EC_PARAMS

    public const nuint SerialSession = 4; // CKF_SERIAL_SESSION
    public const nuint ReadWriteSession = 2; // CKF_RW_SESSION
    public const nuint SystemLocking = 2; // CKF_OS_LOCKING_OK
    public const nuint HardwareSlot = 4; // CKF_HW_SLOT
    public const nuint NormalUser = 1; // CKU_USER

    /// <summary>1.2.840.10045.3.1.7, DER.</summary>
    public static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
}
