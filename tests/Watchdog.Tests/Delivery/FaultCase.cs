using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>A fault of the simulator, as the numbers of the modules show it, and what has to come of it.</summary>
/// <param name="Fault">What the simulator calls it.</param>
/// <param name="Break">Begins it.</param>
/// <param name="Mend">Ends it.</param>
internal sealed record FaultCase(string Fault, Func<GatewayBench, Task> Break, Func<GatewayBench, Task> Mend)
{
    /// <summary>The alarm; null if there is none.</summary>
    public string? Alarm { get; init; }

    public EventSeverity Severity { get; init; }

    /// <summary>Seconds until the alarm, or until the state if there is none.</summary>
    public required int Within { get; init; }

    /// <summary>Seconds until the alarm is over after the fault is.</summary>
    public int BackWithin { get; init; } = 45;

    /// <summary>The state of delivery meanwhile.</summary>
    public DeliveryState State { get; init; } = DeliveryState.Delivering;

    /// <summary>The number of the log event.</summary>
    public required int LogEvent { get; init; }

    /// <summary>Times that SecureBuffer is asked for another connection.</summary>
    public int Reconnects { get; init; }

    public override string ToString() => Fault;
}
