using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Issuing;

/// <summary>What an authority did with an order. Closed.</summary>
public abstract record IssueOutcome
{
    private IssueOutcome()
    {
    }

    /// <summary>It signed.</summary>
    /// <param name="Certificate">Without a private key; belongs to the receiver.</param>
    public sealed record Issued(X509Certificate2 Certificate) : IssueOutcome;

    /// <summary>It did not.</summary>
    /// <param name="Reason">One sentence that says what to do.</param>
    public sealed record Refused(string Reason) : IssueOutcome;
}
