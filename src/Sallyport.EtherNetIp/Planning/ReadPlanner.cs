using System.Collections.Immutable;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>Packs tags into as few frames as their order allows, so that requests and replies both fit.</summary>
public static class ReadPlanner
{
    /// <summary>How many tags a packet has at most: more make one packet take long in a controller, and win nothing.</summary>
    public const int MaxTagsPerPacket = 400;

    private const int ReplyOverhead = MessageRouterReply.HeaderSize + sizeof(ushort);
    private const int OverheadPerReply = sizeof(ushort) + MessageRouterReply.HeaderSize;

    // The larger of the two requests that may become necessary.
    private const int FragmentDataSize = sizeof(ushort) + ReadTagFragmentedRequest.OffsetSize;

    /// <summary>Makes a plan.</summary>
    public static ReadPlan Plan(ImmutableArray<TagRead> tags, ReadChannel channel, DeviceCapabilities capabilities)
    {
        var frames = ImmutableArray.CreateBuilder<PlannedFrame>();
        var unreadable = ImmutableArray.CreateBuilder<int>();
        var packet = new Packet(tags, channel, frames);
        for (int tag = 0; tag < tags.Length; tag++)
        {
            if (CipRequest.ServiceAndPathSize + tags[tag].Path.Size + FragmentDataSize > channel.MaxRequest)
            {
                unreadable.Add(tag);
            }
            else if (MessageRouterReply.HeaderSize + tags[tag].ReplySize > channel.MaxReply)
            {
                frames.Add(ReadPlan.Fragment(tags, tag, channel));
            }
            else
            {
                packet.Add(tag, capabilities.HasMultipleServicePackets);
            }
        }

        packet.Complete();
        return new ReadPlan(tags, channel, frames.ToImmutable(), unreadable.ToImmutable());
    }

    private sealed class Packet(ImmutableArray<TagRead> tags, ReadChannel channel, ImmutableArray<PlannedFrame>.Builder frames)
    {
        private readonly List<int> _tags = [];
        private int _requestSize;
        private int _replySize;

        public void Add(int tag, bool mayPack)
        {
            int request = MultipleServiceRequest.OverheadPerRequest + CipRequest.ServiceAndPathSize + tags[tag].Path.Size + sizeof(ushort);
            int reply = OverheadPerReply + tags[tag].ReplySize;
            bool fits = mayPack && _tags.Count < MaxTagsPerPacket
                && MultipleServiceRequest.Overhead + _requestSize + request <= channel.MaxRequest
                && ReplyOverhead + _replySize + reply <= channel.MaxReply;
            if (!fits)
            {
                Complete();
            }

            _tags.Add(tag);
            (_requestSize, _replySize) = (_requestSize + request, _replySize + reply);
        }

        public void Complete()
        {
            if (_tags.Count > 0)
            {
                ImmutableArray<CipRequest> requests = [.. _tags.Select(tag => CipRequest.ReadTag(tags[tag].Path, tags[tag].Elements))];
                frames.Add(requests.Length == 1
                    ? new PlannedFrame(PlannedFrameKind.Single, requests[0], [.. _tags], channel)
                    : new PlannedFrame(PlannedFrameKind.Packet, CipRequest.Multiple(requests), [.. _tags], channel));
            }

            _tags.Clear();
            (_requestSize, _replySize) = (0, 0);
        }
    }
}
