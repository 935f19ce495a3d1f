using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sallyport.Acquisition.Polling;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Carries out one poll after the other of one group of one controller. Not for parallel use.</summary>
/// <param name="plan">The group.</param>
/// <param name="tags">Reads it.</param>
/// <param name="watch">Told of each identity that was met.</param>
/// <param name="learned">Told of each type that the controller said: the point and its type.</param>
/// <param name="time">The clock.</param>
internal sealed class GroupReader(PollPlan plan, ITagGroup tags, MismatchWatch watch, Action<IReadOnlyList<(string Point, CipDataType Type)>> learned, TimeProvider time)
    : IGroupReader
{
    private readonly TagBoard _board = new(plan);
    private readonly RefusedTags _refused = new(plan);
    private readonly ValueOutcome[] _values = new ValueOutcome[plan.Tags.Length];
    private readonly CipDataType?[] _types = [.. plan.Tags.Select(tag => tag.Type)];

    /// <inheritdoc/>
    public int RequestCount => tags.RequestCount;

    /// <inheritdoc/>
    public LearnedState Learned => _refused.State;

    /// <inheritdoc/>
    public ImmutableArray<Point> LeaveOut(string reason) => _board.LeftOut(reason);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PollResult> ReadAsync(CancellationToken stop)
    {
        RoundOutcome outcome = await tags.ReadAsync(_values, stop);
        switch (outcome)
        {
            case RoundOutcome.Read read:
                watch.Matches();
                _refused.Look(_values);
                Learn(tags.Types);
                return _board.Answered(_values, read.At);
            case RoundOutcome.WrongDevice wrong:
                return _board.Failed(StatusCode.BadConfigurationError, $"wrong device: {watch.Differs(wrong.Differences)}", time.GetUtcNow());
            case RoundOutcome.Silent silent:
                StatusCode status = silent.IsConnectionDown ? StatusCode.BadNotConnected : StatusCode.BadTimeout;
                return _board.Failed(status, silent.Reason, time.GetUtcNow()) with { IsConnectionDown = silent.IsConnectionDown };
            default:
                throw new InvalidOperationException("A round is read, silent or of another device.");
        }
    }

    private void Learn(ReadOnlySpan<CipDataType?> types)
    {
        List<(string Point, CipDataType Type)>? news = null;
        for (int i = 0; i < _types.Length; i++)
        {
            if (types[i] is { } type && type != _types[i])
            {
                _types[i] = type;
                (news ??= []).Add((plan.Tags[i].Name, type));
            }
        }

        if (news is not null)
        {
            learned(news);
        }
    }
}
