using System.Globalization;

namespace Sallyport.Identity;

/// <summary>A SAS token that we made. Its text leaves only through <see cref="Reveal"/>.</summary>
public sealed class MintedToken
{
    private readonly string _text;

    internal MintedToken(string text, string audience, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        _text = text;
        Audience = audience;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>What the token is good for, encoded as in the token.</summary>
    public string Audience { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>When it ends; whole seconds.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The token itself, for the password field of CONNECT and nowhere else.</summary>
    public string Reveal() => _text;

    /// <summary>Audience and expiry, without the signature.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"SAS token for {Audience} until {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}");
}
