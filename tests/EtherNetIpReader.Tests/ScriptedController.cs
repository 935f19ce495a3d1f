using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Tests;

/// <summary>A controller without a wire: each tag has the value and the type that the test gives it.</summary>
internal sealed class ScriptedController(ControllerPlan plan, TimeProvider time, Action<IdentityObject>? observed = null) : IController
{
    /// <summary>The controller that answers; vendor 1, type 14, product 94, revision 33.11.</summary>
    public static IdentityObject Compact { get; } =
        new(1, 14, 94, new DeviceRevision(33, 11), new IdentityStatus(0x3060), 0x60A1B2C3, "1769-L33ER/A LOGIX5333ER");

    private bool _isOpen;

    public ControllerPlan Plan => plan;

    public ConcurrentDictionary<string, (CipDataType Type, ValueOutcome Value)> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>What a round ends in; null for the values. May take its time.</summary>
    public Func<Task<RoundOutcome?>> Round { get; set; } = () => Task.FromResult<RoundOutcome?>(null);

    public Func<Task<IdentifyOutcome>> Identify { get; set; } = () => Task.FromResult<IdentifyOutcome>(new IdentifyOutcome.Identified(Compact));

    public Func<Task<BrowseOutcome>> Browse { get; set; } = () => Task.FromResult<BrowseOutcome>(new BrowseOutcome.Failed("it has no list"));

    /// <summary>Whether a session begins with its identity.</summary>
    public bool SaysWhoItIs { get; set; } = true;

    /// <summary>The tags of each round.</summary>
    public ConcurrentQueue<string> Rounds { get; } = new();

    public int TimesBrowsed { get; private set; }

    public bool IsDisposed { get; private set; }

    public void Set(string tag, CipDataType type, PointValue value) => Tags[tag] = (type, ValueOutcome.Good(value));

    public void Refuse(string tag, string reason) => Tags[tag] = (CipDataType.None, ValueOutcome.Bad(StatusCode.BadNodeIdUnknown, reason));

    public void Always(RoundOutcome outcome) => Round = () => Task.FromResult<RoundOutcome?>(outcome);

    public void Recover() => Round = () => Task.FromResult<RoundOutcome?>(null);

    public ITagGroup Prepare(ImmutableArray<TagRequest> tags) => new Group(this, tags, time);

    public async ValueTask<IdentifyOutcome> IdentifyAsync(CancellationToken stop) => await Identify();

    public async ValueTask<BrowseOutcome> BrowseAsync(IProgress<int>? progress, CancellationToken stop)
    {
        TimesBrowsed++;
        return await Browse();
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    // As the real one: a session begins with the identity.
    private void Open()
    {
        if (!_isOpen && SaysWhoItIs)
        {
            observed?.Invoke(Compact);
        }

        _isOpen = true;
    }

    private sealed class Group(ScriptedController controller, ImmutableArray<TagRequest> tags, TimeProvider time) : ITagGroup
    {
        private readonly CipDataType?[] _types = [.. tags.Select(tag => tag.Type)];

        public int RequestCount => 1;

        public ReadOnlySpan<CipDataType?> Types => _types;

        public async ValueTask<RoundOutcome> ReadAsync(Memory<ValueOutcome> values, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            controller.Rounds.Enqueue(string.Join(' ', tags.Select(tag => tag.Name.Text)));
            if (await controller.Round() is { } outcome)
            {
                controller._isOpen = false;
                return outcome;
            }

            controller.Open();

            for (int i = 0; i < tags.Length; i++)
            {
                (CipDataType type, ValueOutcome value) = controller.Tags.GetValueOrDefault(
                    tags[i].Name.Text, (CipDataType.None, ValueOutcome.Bad(StatusCode.BadNodeIdUnknown, "no such tag")));
                values.Span[i] = value;
                _types[i] ??= type is CipDataType.None ? null : type;
            }

            return new RoundOutcome.Read(time.GetUtcNow());
        }
    }
}
