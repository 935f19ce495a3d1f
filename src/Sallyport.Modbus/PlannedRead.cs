using System.Collections.Immutable;

namespace Sallyport.Modbus;

/// <summary>One request and the values that its reply brings.</summary>
/// <param name="Request">What to send.</param>
/// <param name="Points">In the order of their addresses; never empty.</param>
/// <param name="Blocks">The blocks of the <see cref="ReadMap"/> that it brings, in their order; never empty.</param>
public sealed record PlannedRead(ReadRequest Request, ImmutableArray<PlannedPoint> Points, ImmutableArray<int> Blocks);
