namespace Sallyport.Identity.Keys;

/// <summary>What keeps a private key from whoever takes the disk away. The weaker first.</summary>
public enum KeyProtection
{
    /// <summary>Nothing but the rights of a file.</summary>
    File,

    /// <summary>It lies on the disk, encrypted with something that is on the same gateway: a token in software, or the Edge daemon's key service.</summary>
    Wrapped,

    /// <summary>A PKCS#11 token that says of itself that it is hardware.</summary>
    Token,

    /// <summary>The TPM of the gateway.</summary>
    Hardware,
}
