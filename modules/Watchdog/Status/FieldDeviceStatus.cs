using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Status;

/// <summary>A controller or meter.</summary>
/// <param name="Source">Its name in frames.</param>
/// <param name="Reader">The module that reads it.</param>
/// <param name="State">As the reader tells it.</param>
/// <param name="Since">When that began.</param>
/// <param name="Reason">Why, in a sentence; empty when all is well.</param>
internal sealed record FieldDeviceStatus(string Source, string Reader, DeviceState State, DateTimeOffset Since, string Reason);
