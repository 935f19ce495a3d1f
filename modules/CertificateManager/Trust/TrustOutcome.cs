namespace Sallyport.CertificateManager.Trust;

/// <summary>What became of a change of what is trusted. Closed.</summary>
internal abstract record TrustOutcome
{
    private TrustOutcome()
    {
    }

    /// <summary>It is in force.</summary>
    /// <param name="Roots">How many roots are new.</param>
    /// <param name="Lists">How many revocation lists are new.</param>
    internal sealed record Stored(int Roots, int Lists) : TrustOutcome;

    /// <summary>A root was not confirmed, or with another digest. Nothing changed.</summary>
    internal sealed record Unconfirmed(string Reason) : TrustOutcome;

    /// <summary>Something of it is not to be believed. Nothing changed.</summary>
    internal sealed record Refused(string Reason) : TrustOutcome;

    /// <summary>The disk said no. What was written is good; call again.</summary>
    internal sealed record Failed(string Reason) : TrustOutcome;
}
