namespace Sallyport.Identity;

/// <summary>The symmetric key of one module identity, wherever it lives: behind the workload API, or in a connection string for development.</summary>
public interface IModuleKey
{
    /// <summary>HMAC-SHA256 over <paramref name="data"/> with the module's key; 32 bytes.</summary>
    /// <exception cref="ModuleKeyException">The key could not be used: the workload API refused or did not answer.</exception>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
