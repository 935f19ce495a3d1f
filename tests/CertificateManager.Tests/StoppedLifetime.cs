using Microsoft.Extensions.Hosting;

namespace Sallyport.CertificateManager.Tests;

/// <summary>Counts how often the module was asked to stop.</summary>
internal sealed class StoppedLifetime : IHostApplicationLifetime
{
    public int Stops { get; private set; }

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => Stops++;
}
