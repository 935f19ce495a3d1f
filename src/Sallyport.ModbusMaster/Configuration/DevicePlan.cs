using System.Collections.Immutable;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Everything the reader is to do. Immutable and complete.</summary>
/// <param name="Units">By name.</param>
public sealed record DevicePlan(ImmutableArray<UnitPlan> Units);
