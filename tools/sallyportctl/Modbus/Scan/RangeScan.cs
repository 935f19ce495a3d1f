using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Finds which addresses of a unit can be read: in blocks, and where one is refused, by halves.</summary>
/// <remarks>Halves begin at even addresses as long as they can: many devices give 32-bit values only as a whole (facts 6.13).</remarks>
internal sealed class RangeScan(ScanLine line, ScanJob job)
{
    private const int MaxSilentInARow = 2;

    private readonly List<ScannedRange> _ranges = [];

    /// <summary>Scans one unit.</summary>
    /// <returns>All addresses of the job, in order; neighbours that behave alike are one range.</returns>
    public async Task<List<ScannedRange>> RunAsync(byte unitId, Action<int> done, CancellationToken cancellationToken)
    {
        _ranges.Clear();
        var open = new Stack<(int From, int To)>(Blocks().Reverse());
        int silent = 0;
        while (open.TryPop(out var at))
        {
            ReadOutcome outcome = await line.AskAsync(unitId, new ReadRequest(job.Table, at.From, at.To - at.From + 1), cancellationToken);
            if (outcome is ReadOutcome.Refused { Code.BlamesAddresses: true } && at.To > at.From)
            {
                int second = Middle(at.From, at.To);
                open.Push((second, at.To));
                open.Push((at.From, second - 1));
                continue;
            }

            Add(at, cancellationToken.IsCancellationRequested ? RangeState.NotAsked : StateOf(outcome));
            done(at.To - job.Range!.Value.From + 1);
            silent = StateOf(outcome) is RangeState.Silent ? silent + 1 : 0;
            bool isNotHere = outcome is ReadOutcome.Refused { Code.Value: 1 };
            if (silent == MaxSilentInARow || isNotHere || line.Lost is not null)
            {
                break;
            }
        }

        while (open.TryPop(out var rest))
        {
            Add(rest, RangeState.NotAsked);
        }

        return [.. _ranges];
    }

    private static RangeState StateOf(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Good => RangeState.Readable,
        ReadOutcome.Refused { Code.BlamesAddresses: true } => RangeState.Hole,
        ReadOutcome.Refused => RangeState.Refused,
        _ => RangeState.Silent,
    };

    /// <summary>Where the second half begins: at an even address if there is one to begin at.</summary>
    private static int Middle(int from, int to)
    {
        int middle = from + ((to - from + 1) / 2);
        int even = middle + (middle % 2);
        return even > from && even <= to ? even : middle;
    }

    private IEnumerable<(int From, int To)> Blocks()
    {
        (int from, int to) = job.Range!.Value;
        for (int at = from; at <= to; at += job.Block)
        {
            yield return (at, Math.Min(at + job.Block - 1, to));
        }
    }

    private void Add((int From, int To) at, RangeState state)
    {
        if (_ranges.Count > 0 && _ranges[^1].State == state)
        {
            _ranges[^1] = _ranges[^1] with { To = at.To };
        }
        else
        {
            _ranges.Add(new ScannedRange(at.From, at.To, state));
        }
    }
}
