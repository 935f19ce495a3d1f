using System.Collections.Immutable;

namespace Sallyport.ModbusReader.Configuration;

/// <summary>Everything the reader is to do. Immutable and complete.</summary>
/// <param name="Units">By name.</param>
internal sealed record DevicePlan(ImmutableArray<UnitPlan> Units);
