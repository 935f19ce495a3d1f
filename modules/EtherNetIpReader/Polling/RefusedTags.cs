using System.Collections.Immutable;
using Sallyport.Acquisition.Polling;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>The tags of a group that the controller does not give, though it answers, for diagnostics. Written by one poll loop, read from any thread.</summary>
internal sealed class RefusedTags(PollPlan plan)
{
    private readonly string?[] _reasons = new string?[plan.Tags.Length];
    private LearnedState _state = LearnedState.None;

    /// <summary>Those of the last round that was answered.</summary>
    public LearnedState State => Volatile.Read(ref _state);

    /// <summary>Looks at a round that was answered. Costs nothing as long as nothing changes.</summary>
    public void Look(ReadOnlySpan<ValueOutcome> values)
    {
        bool isChange = false;
        int count = 0;
        for (int i = 0; i < _reasons.Length; i++)
        {
            string? reason = values[i].Reason;
            count += reason is null ? 0 : 1;
            if (!string.Equals(reason, _reasons[i], StringComparison.Ordinal))
            {
                _reasons[i] = reason;
                isChange = true;
            }
        }

        if (isChange)
        {
            Volatile.Write(ref _state, count == 0 ? LearnedState.None : new LearnedState(Holes: 0, count, Named()));
        }
    }

    private ImmutableArray<QuarantinedPoint> Named()
    {
        var named = ImmutableArray.CreateBuilder<QuarantinedPoint>();
        for (int i = 0; i < _reasons.Length && named.Count < LearnedState.MaxNamed; i++)
        {
            if (_reasons[i] is { } reason)
            {
                named.Add(new QuarantinedPoint(plan.Tags[i].Name, reason));
            }
        }

        return named.ToImmutable();
    }
}
