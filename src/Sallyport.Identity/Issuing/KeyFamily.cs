namespace Sallyport.Identity.Issuing;

/// <summary>Which keys a certificate profile accepts.</summary>
public enum KeyFamily
{
    /// <summary>P-256 or P-384.</summary>
    EllipticCurve,

    /// <summary>RSA of 2048 bits or more: what OPC UA's common security policies can use.</summary>
    Rsa2048,

    /// <summary>RSA of 3072 bits or more: what unwraps the root of a chain of seals.</summary>
    Rsa3072,
}
