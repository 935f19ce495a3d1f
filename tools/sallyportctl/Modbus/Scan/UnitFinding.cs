using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Whether a unit answers.</summary>
/// <param name="UnitId">The unit.</param>
/// <param name="Outcome">How the request ended.</param>
/// <param name="Identification">What the unit says of itself; null if it was not asked or said nothing.</param>
internal sealed record UnitFinding(byte UnitId, ReadOutcome Outcome, string? Identification)
{
    /// <summary>A unit that says no is there; a gateway that says that it cannot reach it speaks for itself.</summary>
    public bool IsThere => Outcome is ReadOutcome.Good or ReadOutcome.Refused { Code.MeansUnreachable: false };
}
