namespace Sallyport.EtherNetIp.Paths;

/// <summary>What a text is as a tag name. Closed.</summary>
public abstract record TagNameOutcome
{
    private TagNameOutcome()
    {
    }

    /// <summary>It is one.</summary>
    /// <param name="Name">The name.</param>
    public sealed record Parsed(TagName Name) : TagNameOutcome;

    /// <summary>It is none.</summary>
    /// <param name="Position">The character at which it goes wrong, from 0.</param>
    /// <param name="Reason">Why, and what to write.</param>
    public sealed record Refused(int Position, string Reason) : TagNameOutcome;
}
