using System.Collections.Concurrent;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Hosting.Tests;

/// <summary>Remembers events, and fails the test that raises one that is not as documented.</summary>
internal sealed class RecordingEventSink : IEventSink
{
    public ConcurrentQueue<SecurityEvent> Raised { get; } = new();

    public void Raise(SecurityEvent raised)
    {
        MessageSchema.Validate(TelemetryMessage.Of(raised));
        Raised.Enqueue(raised);
    }
}
