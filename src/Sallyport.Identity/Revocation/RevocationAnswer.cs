using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>What the lists say about one certificate. Closed.</summary>
public abstract record RevocationAnswer
{
    private RevocationAnswer()
    {
    }

    /// <summary>A list that counts does not have it.</summary>
    public sealed record Good : RevocationAnswer
    {
        /// <summary>The only instance.</summary>
        public static Good Instance { get; } = new();
    }

    /// <summary>A list has it. An old list is as good for this as a new one.</summary>
    /// <param name="Reason">Why, as its authority says.</param>
    /// <param name="At">Since when.</param>
    public sealed record Revoked(X509RevocationReason Reason, DateTimeOffset At) : RevocationAnswer;

    /// <summary>No list that counts says anything about it.</summary>
    /// <param name="Why">The end of a sentence, for example «there is no list of 'CN=Issuing'».</param>
    public sealed record Unknown(string Why) : RevocationAnswer;
}
