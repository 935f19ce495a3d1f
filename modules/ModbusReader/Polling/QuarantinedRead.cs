using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Points that are not asked for with every poll because the device refused them for themselves.</summary>
/// <param name="read">The request that was refused.</param>
/// <param name="retry">The request that finds out whether that has changed: the first block of the other one.</param>
internal sealed class QuarantinedRead(PlannedRead read, PlannedRead retry)
{
    public PlannedRead Read => read;

    public PlannedRead Retry => retry;

    /// <summary>What the points say meanwhile. Stays the same until the next retry, so that it is no change from poll to poll.</summary>
    public ReadFailure Failure { get; set; }

    /// <summary>What the unit says meanwhile.</summary>
    public string Trouble { get; set; } = "";

    /// <summary>When to ask again, as a timestamp of the clock.</summary>
    public long DueAt { get; set; }

    /// <summary>How often it was refused in a row.</summary>
    public int Refusals { get; set; }
}
