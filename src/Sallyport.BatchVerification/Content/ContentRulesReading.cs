namespace Sallyport.BatchVerification.Content;

/// <summary>What came of reading rules.</summary>
public abstract record ContentRulesReading
{
    private ContentRulesReading()
    {
    }

    /// <summary>They are good.</summary>
    /// <param name="Rules">In force.</param>
    public sealed record Accepted(ContentRules Rules) : ContentRulesReading;

    /// <summary>They are not.</summary>
    /// <param name="Pointer">Where, as a JSON pointer; empty for the document.</param>
    /// <param name="Reason">What to do.</param>
    public sealed record Refused(string Pointer, string Reason) : ContentRulesReading;
}
