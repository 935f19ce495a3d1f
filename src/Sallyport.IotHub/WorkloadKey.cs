using Sallyport.Identity;

namespace Sallyport.IotHub;

/// <summary>The module's key behind the workload API.</summary>
/// <param name="workload">The API; disposed with the key.</param>
/// <param name="moduleId">The module whose key it is.</param>
/// <param name="generationId">Its generation at IoT Hub.</param>
public sealed class WorkloadKey(WorkloadClient workload, string moduleId, string generationId) : IModuleKey, IDisposable
{
    /// <inheritdoc/>
    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            return await workload.SignAsync(moduleId, generationId, data, cancellationToken);
        }
        catch (WorkloadException e)
        {
            throw new ModuleKeyException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => workload.Dispose();
}
