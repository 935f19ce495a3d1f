using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>One message at the cloud side.</summary>
/// <param name="Message">Body and properties.</param>
/// <param name="At">When it got there.</param>
internal sealed record Arrival(HubMessage Message, DateTimeOffset At);
