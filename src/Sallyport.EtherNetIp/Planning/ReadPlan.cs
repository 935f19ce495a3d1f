using System.Collections.Immutable;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>The frames that read all tags once. They are kept and sent in each round.</summary>
public sealed class ReadPlan
{
    private readonly ImmutableArray<TagRead> _tags;
    private readonly ReadChannel _channel;
    private readonly PlannedFrame?[] _fragments;

    internal ReadPlan(ImmutableArray<TagRead> tags, ReadChannel channel, ImmutableArray<PlannedFrame> frames, ImmutableArray<int> unreadable)
    {
        (_tags, _channel, _fragments) = (tags, channel, new PlannedFrame?[tags.Length]);
        (Frames, Unreadable) = (frames, unreadable);
    }

    /// <summary>What is sent in a round, in this order.</summary>
    public ImmutableArray<PlannedFrame> Frames { get; }

    /// <summary>The tags whose names are too long for the channel, by their place in what was planned.</summary>
    public ImmutableArray<int> Unreadable { get; }

    /// <summary>The frame for the rest of a tag whose reply brought a part only; made when it is first needed.</summary>
    /// <param name="tag">Its place in what was planned.</param>
    public PlannedFrame FragmentOf(int tag) => _fragments[tag] ??= Fragment(_tags, tag, _channel);

    internal static PlannedFrame Fragment(ImmutableArray<TagRead> tags, int tag, ReadChannel channel) =>
        new(PlannedFrameKind.Fragment, CipRequest.ReadTagFragmented(tags[tag].Path, tags[tag].Elements, offset: 0), [tag], channel);
}
