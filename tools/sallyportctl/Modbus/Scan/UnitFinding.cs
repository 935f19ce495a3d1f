using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Whether a unit answers.</summary>
/// <param name="UnitId">The unit.</param>
/// <param name="Outcome">How the request ended.</param>
/// <param name="Identity">What it says of itself; null if it was not asked.</param>
internal sealed record UnitFinding(byte UnitId, ReadOutcome Outcome, IdentifyOutcome? Identity)
{
    /// <summary>A unit that says no is there; a gateway that says that it cannot reach it speaks for itself.</summary>
    public bool IsThere => Outcome is ReadOutcome.Good or ReadOutcome.Refused { Code.MeansUnreachable: false };

    /// <summary>In a few words; empty if there is nothing to say.</summary>
    public string Remark => (Outcome, Identity) switch
    {
        (not ReadOutcome.Good, _) => ExceptionAdvice.WordsFor(Outcome),
        (_, IdentifyOutcome.Failed { Outcome: ReadOutcome.Refused { Code.Value: 1 } }) => "does not know the question who it is (exception 1)",
        (_, IdentifyOutcome.Failed failed) => $"no identification: {ExceptionAdvice.WordsFor(failed.Outcome)}",
        _ => "",
    };
}
