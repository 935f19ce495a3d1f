using System.Diagnostics.CodeAnalysis;
using Sallyport.Telemetry;

namespace Sallyport.Hosting;

/// <summary>Where a module's own events go: to an output, or, in SecureBuffer, straight into the ring.</summary>
public interface IEventSink
{
    /// <summary>Takes the event. Never throws and never blocks; an event that cannot be kept is counted.</summary>
    [SuppressMessage("Design", "CA1030", Justification = "Security events are raised; they are no events of the language.")]
    void Raise(SecurityEvent raised);
}
