using Microsoft.Extensions.Hosting;

namespace Sallyport.Hosting.Health;

/// <summary>What a worker is called in the log and in health reports.</summary>
internal static class WorkerName
{
    /// <summary>The name of its class, without the number of type parameters.</summary>
    public static string Of(BackgroundService worker) => worker.GetType().Name.Split('`')[0];
}
