using Sallyport.Identity;

namespace Sallyport.IotHub.Environments;

/// <summary>Stands for the key when the connection string holds a token instead.</summary>
internal sealed class AbsentKey : IModuleKey
{
    /// <inheritdoc/>
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        Task.FromException<byte[]>(new ModuleKeyException("The connection string holds a token and no key, so nothing can be signed."));
}
