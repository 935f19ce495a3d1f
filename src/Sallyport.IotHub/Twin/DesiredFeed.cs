using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Sallyport.IotHub.Twin;

/// <summary>Hands complete desired documents to their handler, one call at a time. When it is far behind, older documents are left out: a newer one holds all of them.</summary>
internal sealed partial class DesiredFeed(ILogger<DesiredFeed> logger)
{
    private const int Capacity = 16;

    private readonly Channel<DesiredProperties> _documents = Channel.CreateBounded<DesiredProperties>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Who handles them; null when nobody does.</summary>
    public Func<DesiredProperties, CancellationToken, Task>? Handler { get; set; }

    /// <summary>Whether there is one.</summary>
    public bool HasHandler => Handler is not null;

    /// <summary>Adds a document.</summary>
    public void Add(DesiredProperties desired) => _documents.Writer.TryWrite(desired);

    /// <summary>Calls the handler until we stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (DesiredProperties desired in _documents.Reader.ReadAllAsync(stop))
            {
                await CallAsync(desired, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left is read again after the next start.
        }
    }

    private async Task CallAsync(DesiredProperties desired, CancellationToken stop)
    {
        try
        {
            await (Handler?.Invoke(desired, stop) ?? Task.CompletedTask);
        }
#pragma warning disable CA1031 // The outermost frame of foreign code: a handler that fails must not end the connection.
        catch (Exception e)
#pragma warning restore CA1031
        {
            stop.ThrowIfCancellationRequested();
            LogFailed(e, desired.Version);
        }
    }

    [LoggerMessage(3310, LogLevel.Error, "Handling version {Version} of the desired properties failed; the next change is handled again.")]
    private partial void LogFailed(Exception exception, long version);
}
