namespace Sallyport.Identity.Keys;

/// <summary>What came of logging in to a token.</summary>
internal abstract record Pkcs11Login
{
    private Pkcs11Login()
    {
    }

    /// <summary>Done.</summary>
    internal sealed record Open(Pkcs11Session Session, bool IsHardware) : Pkcs11Login;

    /// <summary>Not now.</summary>
    internal sealed record Unavailable(string Reason) : Pkcs11Login;

    /// <summary>Not like this.</summary>
    internal sealed record Refused(string Reason) : Pkcs11Login;
}
