using Sallyport.IotHub.Sending;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Twin;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>The parts that work on an open connection.</summary>
internal sealed class SessionServer(TelemetrySender sender, TwinClient twin)
{
    /// <summary>Lets them work until the connection closes.</summary>
    public Task ServeAsync(IBrokerSession session) => Task.WhenAll(sender.ServeAsync(session), twin.ServeAsync(session));

    /// <summary>Takes no more messages and waits, within a limit, for the acknowledgements that are due.</summary>
    public Task DrainAsync() => sender.DrainAsync();
}
