namespace Sallyport.IotHub.Session;

/// <summary>What goes into the password field.</summary>
/// <param name="text">The token. Never printed.</param>
/// <param name="expiresAt">When it ends.</param>
/// <param name="life">From its issue to its end, if we minted it; null if it can only be replaced by a person.</param>
internal sealed class ConnectionToken(string text, DateTimeOffset expiresAt, TimeSpan? life)
{
    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>From its issue to its end; null for a token from configuration.</summary>
    public TimeSpan? Life { get; } = life;

    /// <summary>The token, for CONNECT.</summary>
    public string Reveal() => text;
}
