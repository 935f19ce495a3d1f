using System.Collections.Immutable;

namespace Sallyport.Hosting;

/// <summary>What became of reading desired properties.</summary>
/// <typeparam name="TPlan">The module's plan.</typeparam>
public abstract record PlanReading<TPlan>
    where TPlan : class
{
    private PlanReading()
    {
    }

    /// <summary>Every part was understood.</summary>
    public sealed record Accepted(TPlan Plan) : PlanReading<TPlan>;

    /// <summary>At least one part was not; nothing changes.</summary>
    public sealed record Refused(ImmutableArray<PlanFault> Faults) : PlanReading<TPlan>;
}
