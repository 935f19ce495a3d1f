using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Looks at the bytes of a message and says whether it can only read. What it does not know, it refuses.</summary>
/// <remarks>The number of a service means nothing without the class it goes to: 0x4E closes a connection on the connection manager and changes a tag
/// elsewhere, 0x52 passes a message on there and reads a tag elsewhere, 0x4C reads a tag and unlocks a controller on class 0x8E.</remarks>
public static class ReadServiceGuard
{
    private enum Target
    {
        Unknown,
        Tag,
        TagList,
        Template,
        MessageRouter,
        ConnectionManager,
        Object,
    }

    /// <summary>Whether the message, and all messages inside it, only read (or open and close the connection for reading).</summary>
    public static bool Allows(ReadOnlySpan<byte> message) => Allows(message, mayPassOn: true, mayPack: true);

    private static bool Allows(ReadOnlySpan<byte> message, bool mayPassOn, bool mayPack)
    {
        if (!MessageRouterRequest.TryRead(message, out MessageRouterRequest request))
        {
            return false;
        }

        Target target = TargetOf(request.Path);
        return (CipService)request.Service switch
        {
            CipService.GetAttributesAll or CipService.GetAttributeList or CipService.GetAttributeSingle => target is not (Target.Unknown or Target.Tag),
            CipService.ReadTag => target is Target.Tag or Target.TagList or Target.Template,
            CipService.ReadTagFragmented when target is Target.Tag or Target.TagList => true,
            CipService.UnconnectedSend when target is Target.ConnectionManager => mayPassOn && AllowsPassedOn(request.Data),
            CipService.GetInstanceAttributeList => target is Target.TagList,
            CipService.MultipleServicePacket => mayPack && target is Target.MessageRouter && AllowsAll(request.Data),
            CipService.ForwardOpen or CipService.LargeForwardOpen or CipService.ForwardClose => mayPassOn && target is Target.ConnectionManager,
            _ => false,
        };
    }

    private static bool AllowsPassedOn(ReadOnlySpan<byte> data) =>
        PassedOnMessage.TryRead(data, out PassedOnMessage passedOn) && Allows(passedOn.Message, mayPassOn: false, mayPack: true);

    private static bool AllowsAll(ReadOnlySpan<byte> data)
    {
        if (!MessageTable.TryRead(data, out MessageTable requests))
        {
            return false;
        }

        for (int i = 0; i < requests.Count; i++)
        {
            if (!Allows(requests[i], mayPassOn: false, mayPack: false))
            {
                return false;
            }
        }

        return requests.Count > 0;
    }

    private static Target TargetOf(ReadOnlySpan<byte> path)
    {
        var segments = new PathSegments(path);
        Target target = Target.Unknown;
        uint classId = 0;
        for (int at = 0; segments.TryRead(out PathSegment segment); at++)
        {
            target = (target, segment.Type) switch
            {
                (Target.Unknown, SegmentType.Symbol) when at == 0 => Target.Tag,
                (Target.Unknown, SegmentType.Class) when at == 0 => Target.Object,
                (Target.Tag, SegmentType.Symbol or SegmentType.Element) => Target.Tag,

                // A program, and then the class of its tags.
                (Target.Tag, SegmentType.Class) when at == 1 && segment.Value == TagName.SymbolClass => Target.Object,
                (Target.Object, SegmentType.Instance) when classId != 0 => TargetOf(classId, segment.Value),
                (Target.TagList, SegmentType.Symbol or SegmentType.Element) => Target.Tag,
                (Target.TagList or Target.Template or Target.MessageRouter or Target.ConnectionManager or Target.Object, SegmentType.Attribute) => Target.Object,
                _ => Target.Unknown,
            };
            if (target is Target.Unknown)
            {
                return Target.Unknown;
            }

            classId = segment.Type is SegmentType.Class ? segment.Value : 0;
        }

        return segments.IsBroken || classId != 0 ? Target.Unknown : target;
    }

    private static Target TargetOf(uint classId, uint instance) => (classId, instance) switch
    {
        (TagName.SymbolClass, _) => Target.TagList,
        (TemplateAttributes.TemplateClass, _) => Target.Template,
        (0x02, 1) => Target.MessageRouter,
        (0x06, 1) => Target.ConnectionManager,
        _ => Target.Object,
    };
}
