namespace Sallyport.Watchdog.Scraping;

/// <summary>What a module says of its health.</summary>
internal enum HealthWord
{
    /// <summary>Nothing, or something that nobody understands.</summary>
    None,

    /// <summary><c>healthy</c>.</summary>
    Healthy,

    /// <summary><c>starting</c>.</summary>
    Starting,

    /// <summary><c>unhealthy</c>.</summary>
    Unhealthy,
}
