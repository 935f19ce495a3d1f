using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Types;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Reads a fixed list of tags of a controller, with frames that are kept from round to round.</summary>
internal sealed partial class TagGroup : ITagGroup
{
    // Each pass may find out something that makes another plan necessary; in steady rounds there is one.
    private const int MaxPasses = 6;

    private readonly Controller _controller;
    private readonly EtherNetIpMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly TagState[] _states;
    private readonly CipDataType?[] _types;
    private readonly RoundReading _reading;
    private GroupPlan _plan;
    private OpenController? _planned;
    private int _plannedVersion;

    public TagGroup(Controller controller, ImmutableArray<TagRequest> tags, EtherNetIpMetrics metrics, TimeProvider time)
    {
        (_controller, _metrics, _time) = (controller, metrics, time);
        _states = [.. tags.Select(tag => new TagState(tag))];
        _types = new CipDataType?[tags.Length];
        _reading = new RoundReading(controller, _states, metrics, time);
        _plan = Plan(ReadChannel.Connected(controller.Memory.ConnectionSize), begins: true);
    }

    /// <inheritdoc/>
    public int RequestCount => _plan.Frames.Frames.Length;

    /// <summary>How many requests are in those frames.</summary>
    internal int ItemCount => _plan.Items.Length;

    /// <inheritdoc/>
    public ReadOnlySpan<CipDataType?> Types => _types;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RoundOutcome> ReadAsync(Memory<ValueOutcome> values, CancellationToken stop)
    {
        for (bool mayRepeat = true; ; mayRepeat = false)
        {
            OpeningOutcome opening = await _controller.OpenAsync(stop);
            switch (opening)
            {
                case OpeningOutcome.Opened { Controller: var controller }:
                    bool wasUsed = _controller.HasServed;
                    RoundEnd end = await ReadAsync(controller, values, stop);
                    if (end.Failure is null)
                    {
                        _controller.Served();
                        return new RoundOutcome.Read(end.At);
                    }

                    // Controllers and what is in between close connections that were quiet: one new session makes up for it.
                    if (!end.IsSwallowed || !wasUsed || !mayRepeat)
                    {
                        return new RoundOutcome.Silent(end.Failure, IsConnectionDown: end.IsSwallowed);
                    }

                    break;
                case OpeningOutcome.WrongDevice wrong:
                    return new RoundOutcome.WrongDevice(wrong.Differences);
                case OpeningOutcome.Failed failed:
                    return new RoundOutcome.Silent(failed.Reason, failed.IsConnectionDown);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RoundEnd> ReadAsync(OpenController controller, Memory<ValueOutcome> values, CancellationToken stop)
    {
        _reading.Begin();
        PlanIfNeeded(controller);
        Preset(values.Span);
        for (int pass = 1; ; pass++)
        {
            await _reading.ReadAsync(controller, _plan, values, stop);
            if (_reading.HasChanged)
            {
                ShowTypes();
            }

            if (_reading.Failure is null && _reading.WantsAnotherPass && pass < MaxPasses)
            {
                PlanRest(controller);
                continue;
            }

            // The plan of a later pass is not that of a round.
            _reading.HasChanged |= pass > 1 || _reading.WantsAnotherPass;
            return _reading.Failure is { } failure
                ? new RoundEnd(default, failure, _reading.IsSwallowed)
                : new RoundEnd(_reading.At, null, false);
        }
    }

    // Only what has no value yet: a value that was read is told, and not replaced by a later one of the same round.
    private void PlanRest(OpenController controller)
    {
        _plan = new GroupPlanner(_states, _controller.Memory, controller.Channel).Plan(_time.GetTimestamp(), isRest: true);
        ForgetRest();
    }

    private void ForgetRest()
    {
        foreach (TagState state in _states)
        {
            state.IsRest = false;
        }
    }

    private void PlanIfNeeded(OpenController controller)
    {
        bool begins = !ReferenceEquals(controller, _planned);
        if (!begins && _plannedVersion == _controller.Memory.Version && !_reading.HasChanged && _time.GetTimestamp() < _plan.NextRetry)
        {
            return;
        }

        _plannedVersion = _controller.Memory.Version;
        _reading.HasChanged = false;
        ForgetRest();
        _plan = Plan(controller.Channel, begins);
        _planned = controller;
        if (_plan.WantsSymbols)
        {
            _controller.WantSymbols(controller);
        }
    }

    private GroupPlan Plan(ReadChannel channel, bool begins)
    {
        bool isMicro800 = !_controller.Memory.Capabilities.HasTemplates;
        foreach (TagState state in _states)
        {
            if (begins)
            {
                state.Begin(isMicro800);
            }
        }

        GroupPlan plan = new GroupPlanner(_states, _controller.Memory, channel).Plan(_time.GetTimestamp());
        ShowTypes();
        return plan;
    }

    private void ShowTypes()
    {
        for (int i = 0; i < _types.Length; i++)
        {
            _types[i] = _states[i].Type;
        }
    }

    // What is not asked for is what it was; what is asked for is overwritten.
    private void Preset(Span<ValueOutcome> values)
    {
        for (int i = 0; i < _states.Length; i++)
        {
            values[i] = _states[i].NotBefore == long.MinValue ? Waiting : _states[i].Refusal;
        }
    }

    private static ValueOutcome Waiting { get; } = ValueOutcome.Bad(StatusCode.BadWaitingForInitialData, "not read yet");

    private readonly record struct RoundEnd(DateTimeOffset At, string? Failure, bool IsSwallowed);
}
