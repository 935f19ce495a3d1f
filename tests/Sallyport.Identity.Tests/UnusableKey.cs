namespace Sallyport.Identity.Tests;

internal sealed class UnusableKey : IModuleKey
{
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        throw new ModuleKeyException("The workload API did not answer.");
}
