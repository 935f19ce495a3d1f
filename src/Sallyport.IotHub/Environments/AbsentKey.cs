using Sallyport.Identity;

namespace Sallyport.IotHub.Environments;

/// <summary>Stands for the key where a token from a connection string or a certificate proves who we are.</summary>
internal sealed class AbsentKey : IModuleKey
{
    /// <inheritdoc/>
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        Task.FromException<byte[]>(new ModuleKeyException("There is a token or a certificate and no key, so nothing can be signed."));
}
