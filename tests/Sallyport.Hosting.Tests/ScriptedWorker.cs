using Microsoft.Extensions.Hosting;

namespace Sallyport.Hosting.Tests;

/// <summary>A worker that does what a test says.</summary>
internal sealed class ScriptedWorker(Func<CancellationToken, Task> script) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => script(stoppingToken);
}
