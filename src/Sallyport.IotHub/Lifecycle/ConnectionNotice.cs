using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>An event with what belongs to it.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Stage">The piece of background work that says so, null for the host; when that is over, its notice is stale.</param>
/// <param name="Outcome">The outcome of an attempt; null for other events.</param>
internal sealed record ConnectionNotice(ConnectionEvent Event, long? Stage, OpenOutcome? Outcome);
