using Sallyport.Telemetry;

namespace Sallyport.Hosting;

/// <summary>Where a module's own events go: to an output, or, in SecureBuffer, straight into the ring.</summary>
public interface IEventSink
{
    /// <summary>Takes the event. Never throws and never blocks; an event that cannot be kept is counted.</summary>
    void Raise(SecurityEvent raised);
}
