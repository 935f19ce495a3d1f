using System.Collections.Immutable;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>What became of reading a points file. Closed.</summary>
public abstract record PointTableReading
{
    private PointTableReading()
    {
    }

    /// <summary>Every line was understood; whether the points make sense is for the plan reader to say.</summary>
    public sealed record Read(PointTable Table) : PointTableReading;

    /// <summary>At least one line was not.</summary>
    /// <param name="Faults">The first 32, in the order of the file.</param>
    public sealed record Refused(ImmutableArray<TableFault> Faults) : PointTableReading;
}
