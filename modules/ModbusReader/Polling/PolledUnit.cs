using System.Collections.Concurrent;
using Sallyport.Acquisition;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusReader.Publishing;

namespace Sallyport.ModbusReader.Polling;

/// <summary>A unit that is being polled.</summary>
internal sealed class PolledUnit(UnitPlan plan, DeviceStatusTracker status, UnitDescription description, UnitIdentification identification)
{
    /// <summary>The plan in force for it.</summary>
    public UnitPlan Plan { get; set; } = plan;

    /// <summary>How it is doing.</summary>
    public DeviceStatusTracker Status => status;

    /// <summary>What is told of it besides frames.</summary>
    public UnitDescription Description => description;

    /// <summary>Asks it who it is.</summary>
    public UnitIdentification Identification => identification;

    /// <summary>Its loops, by group. Changed by the supervisor only; looked at from anywhere.</summary>
    public ConcurrentDictionary<string, RunningPoll> Polls { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the other plan speaks of the same device, so that what is known about it still holds.</summary>
    public bool IsSameDeviceAs(UnitPlan other) => Plan with { Polls = [] } == other with { Polls = [] };
}
