using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Reads chosen points of one unit with the requests that the module would send.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="IsChosen">Whether a point is to be read.</param>
internal sealed record PointPoll(UnitPlan Unit, Func<PointPlan, bool> IsChosen)
{
    /// <summary>Reads them once. A request that is refused because of its addresses is followed by one for each point, so that it is seen which one is bad.</summary>
    public async Task<List<PointResult>> ReadAsync(IModbusMaster master, CancellationToken cancellationToken)
    {
        var results = new List<PointResult>();
        foreach (PollPlan poll in Unit.Polls)
        {
            foreach (PlannedRead read in poll.Reads)
            {
                PlannedPoint[] chosen = [.. read.Points.Where(point => IsNeeded(poll, poll.Points[point.Index]))];
                if (chosen.Length > 0)
                {
                    results.AddRange(await ReadAsync(master, poll, read.Request, chosen, cancellationToken));
                }
            }
        }

        return [.. results.Where(result => IsChosen(result.Plan)).Select(result => result.Transformed(results))];
    }

    // A point is needed for itself, or for the scale of another one.
    private bool IsNeeded(PollPlan poll, PointPlan point) =>
        IsChosen(point) || poll.Points.Any(other => IsChosen(other) && string.Equals(other.Transform.ScaleFrom, point.Name, StringComparison.Ordinal));

    private async Task<IEnumerable<PointResult>> ReadAsync(
        IModbusMaster master, PollPlan poll, ReadRequest request, PlannedPoint[] chosen, CancellationToken cancellationToken)
    {
        AddressBlock block = await AddressBlock.ReadAsync(master, Unit.UnitId, request, cancellationToken);
        if (block.Outcome is not ReadOutcome.Refused { Code.BlamesAddresses: true })
        {
            return chosen.Select(point => PointResult.Of(Unit, poll.Points[point.Index], block)).ToArray();
        }

        var results = new List<PointResult>();
        foreach (PointPlan point in chosen.Select(point => poll.Points[point.Index]))
        {
            ReadRequest alone = poll.Limits.RequestFor(point.Address);
            results.Add(PointResult.Of(Unit, point, await AddressBlock.ReadAsync(master, Unit.UnitId, alone, cancellationToken)));
        }

        return results;
    }
}
