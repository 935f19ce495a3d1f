using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>The replies for each tag of a planned frame, in one message. Allocates nothing.</summary>
/// <remarks>A device that refuses a packet as a whole, or that was not reached, says the same to all its tags.</remarks>
public ref struct TagReplies
{
    private readonly ReadOnlySpan<int> _tags;
    private readonly MessageRouterReply _whole;
    private readonly MessageTable _table;
    private readonly byte _service;
    private int _next;

    private TagReplies(ReadOnlySpan<int> tags, MessageRouterReply whole, MessageTable table, byte service)
    {
        _tags = tags;
        _whole = whole;
        _table = table;
        _service = service;
        _next = 0;
        IsBroken = false;
    }

    /// <summary>How the message as a whole was answered: what a device does not know at all is said here.</summary>
    public readonly CipStatus Status => _whole.Status;

    /// <summary>Whether a reply inside is none, or answers something else. Known once <see cref="TryRead"/> has said that there is no further reply.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads a message that answers a frame.</summary>
    /// <returns>False if it is no reply to it.</returns>
    public static bool TryOf(PlannedFrame frame, ReadOnlySpan<byte> message, out TagReplies replies)
    {
        replies = default;
        byte service = (byte)(frame.Kind is PlannedFrameKind.Fragment ? CipService.ReadTagFragmented : CipService.ReadTag);
        if (!MessageRouterReply.TryRead(message, out MessageRouterReply whole))
        {
            return false;
        }

        MessageTable table = default;
        bool isPacket = frame.Kind is PlannedFrameKind.Packet;
        byte asked = isPacket ? (byte)CipService.MultipleServicePacket : service;
        bool isOfTheWay = whole.ServiceNumber != asked && whole.IsFailureOnTheWay;
        if (whole.ServiceNumber != asked && !isOfTheWay)
        {
            return false;
        }

        bool hasReplies = isPacket && (whole.Status.IsGood || whole.Status.Consequence is StatusConsequence.LookInside);
        if (hasReplies && (!MessageTable.TryRead(whole.Data, out table) || table.Count != frame.Tags.Length))
        {
            return false;
        }

        replies = new TagReplies(frame.Tags, whole, table, service);
        return true;
    }

    /// <summary>Reads the reply for the next tag.</summary>
    /// <param name="tag">The tag, by its place in what was planned.</param>
    /// <param name="reply">Its reply; see <see cref="TagData"/>.</param>
    /// <returns>False if there is none, or if the message is broken.</returns>
    public bool TryRead(out int tag, out MessageRouterReply reply)
    {
        tag = -1;
        reply = _whole;
        if (_next == _tags.Length || IsBroken)
        {
            return false;
        }

        if (_table.Count > 0 && (!MessageRouterReply.TryRead(_table[_next], out reply) || reply.ServiceNumber != _service))
        {
            IsBroken = true;
            return false;
        }

        tag = _tags[_next++];
        return true;
    }
}
