using System.Collections.Concurrent;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests;

/// <summary>Remembers what was raised.</summary>
internal sealed class RecordedEvents : IEventSink
{
    public ConcurrentQueue<SecurityEvent> Raised { get; } = [];

    public void Raise(SecurityEvent raised) => Raised.Enqueue(raised);
}
