namespace Sallyport.Identity.Revocation;

/// <summary>Where revocation lists come from.</summary>
public sealed record RevocationOptions
{
    /// <summary>A folder into which somebody puts lists, <c>*.crl</c> or <c>*.pem</c>; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Where the newest list of each authority is kept over a restart, so that an older one is never taken; null to keep none.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Whether lists are fetched from the addresses that certificates name, or that were configured.</summary>
    public bool Fetches { get; init; } = true;

    /// <summary>How often lists are looked for, a tenth more or less.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How soon an address is asked again at the earliest, and when one that did not answer is asked again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an address may take to answer.</summary>
    public TimeSpan FetchLimit { get; init; } = TimeSpan.FromSeconds(30);
}
