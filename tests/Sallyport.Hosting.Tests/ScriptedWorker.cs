using Microsoft.Extensions.Hosting;

namespace Sallyport.Hosting.Tests;

/// <summary>A worker that does what a test says.</summary>
internal sealed class ScriptedWorker(Func<CancellationToken, Task> script) : BackgroundService
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the script has begun. A host that is stopped before that never begins it.</summary>
    public Task Begun => _begun.Task;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task running = script(stoppingToken);
        _begun.SetResult();
        return running;
    }
}
