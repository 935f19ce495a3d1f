namespace Sallyport.Hosting.Configuration;

/// <summary>Where a desired document came from.</summary>
internal enum PlanOrigin
{
    /// <summary>The twin.</summary>
    Twin,

    /// <summary>The module's own store of what the twin gave last.</summary>
    Store,

    /// <summary>The local file.</summary>
    File,
}
