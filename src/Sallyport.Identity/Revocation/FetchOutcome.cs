namespace Sallyport.Identity.Revocation;

/// <summary>What came from an address. Closed.</summary>
internal abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <summary>Something, not looked at yet.</summary>
    public sealed record Fetched(ReadOnlyMemory<byte> Data) : FetchOutcome;

    /// <summary>Nothing.</summary>
    /// <param name="Reason">The end of a sentence.</param>
    public sealed record Failed(string Reason) : FetchOutcome
    {
        /// <summary>More than is taken.</summary>
        public static Failed TooLarge { get; } = new("it is larger than 10 MiB");
    }
}
