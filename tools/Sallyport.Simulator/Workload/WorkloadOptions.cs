namespace Sallyport.Simulator.Workload;

/// <summary>How the workload API is set up.</summary>
internal sealed record WorkloadOptions
{
    /// <summary>Where the sockets are made; must exist. Keep it short: a socket's path has at most 107 bytes.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the key that it encrypts with is kept; null for a new one each time.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Gets what modules have encrypted: their keys. For tests that look for them where they must not be.</summary>
    public Action<ReadOnlyMemory<byte>>? OnEncrypted { get; init; }
}
