namespace Sallyport.Identity.OpcUa;

/// <summary>What became of the wish to trust an application. Closed.</summary>
public abstract record TrustOutcome
{
    private TrustOutcome()
    {
    }

    /// <summary>The store has what was wished.</summary>
    /// <param name="Added">Certificates that were not there.</param>
    /// <param name="Removed">Older certificates of the application that went.</param>
    public sealed record Done(int Added, int Removed) : TrustOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refused(string Reason) : TrustOutcome;
}
