using System.Collections.Immutable;

namespace Sallyport.Modbus;

/// <summary>Turns a list of points into the cheapest set of requests.</summary>
/// <remarks>Addresses that touch, overlap or lie near each other share a request, up to the limits. A value is never split across two
/// requests: its halves could stem from different cycles of the controller.</remarks>
public static class ReadPlanner
{
    /// <summary>Plans the requests for <paramref name="points"/>, each of which the limits allow to be read.</summary>
    /// <returns>Each point in exactly one request; requests ordered by table and address. The same input gives the same plan.</returns>
    public static ImmutableArray<PlannedRead> Plan(IReadOnlyList<PointAddress> points, ReadLimits limits) => new ReadMap(points, limits).Plan();
}
