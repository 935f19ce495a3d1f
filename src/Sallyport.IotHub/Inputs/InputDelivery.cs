using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Inputs;

/// <summary>One message in the input line.</summary>
/// <param name="Session">Where it came from; its acknowledgement is worth nothing on another.</param>
/// <param name="Publish">The message.</param>
/// <param name="Call">Calls its handler; null when it only waits for its turn to be acknowledged.</param>
internal sealed record InputDelivery(IBrokerSession Session, IncomingPublish Publish, Func<CancellationToken, Task>? Call);
