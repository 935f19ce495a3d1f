namespace Sallyport.Identity.Keys;

/// <summary>Which token, and how to log in.</summary>
/// <param name="Module">Full path of the PKCS #11 module. One in a process.</param>
/// <param name="Token">Label of the token.</param>
/// <param name="PinFile">Full path of the file that holds the PIN of the user, and nothing else. There is no other way to give it: what is in an environment variable or in
/// a configuration comes up in listings and logs.</param>
public sealed record Pkcs11Options(string Module, string Token, string PinFile)
{
    /// <summary>In front of the label of each key.</summary>
    public string LabelPrefix { get; init; } = "sallyport-";

    /// <summary>The way to the TPM, for <c>libtpm2_pkcs11.so</c>: it has to be said there too. Null for other modules.</summary>
    public TpmTransport? Transport { get; init; }
}
