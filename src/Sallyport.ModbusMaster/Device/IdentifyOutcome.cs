using System.Collections.Immutable;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>What asking a unit for its identification ended in. Closed: the nested records are all there is.</summary>
public abstract record IdentifyOutcome
{
    private IdentifyOutcome()
    {
    }

    /// <summary>The unit said who it is.</summary>
    /// <param name="Objects">In the order of their ids.</param>
    public sealed record Identified(ImmutableArray<IdentificationObject> Objects) : IdentifyOutcome;

    /// <summary>It did not. Many devices refuse the function: exception 1.</summary>
    /// <param name="Outcome">What the request ended in; never <see cref="ReadOutcome.Good"/>.</param>
    public sealed record Failed(ReadOutcome Outcome) : IdentifyOutcome;
}
