using Sallyport.Acquisition;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Publishing;

/// <summary>What consumers must know about a controller's tags to understand its frames.</summary>
internal static class ControllerMetadata
{
    /// <summary>The metadata, with the types as far as they are known.</summary>
    public static DeviceMetadata Of(SourcePlan source, LearnedTypes types, FrameAssembler assembler, string configurationHash) => new(
        source.Name,
        source.Protocol,
        assembler.Session,
        configurationHash,
        [.. from poll in source.Polls
            from tag in poll.Tags
            select Of(poll.Group, tag, types)]);

    private static PointMetadata Of(string group, TagPlan tag, LearnedTypes types) => new(
        tag.Name,
        group,
        Vocabulary.WordFor(tag.Tag.Bit is null ? tag.Type ?? types.Find(tag.Name) : CipDataType.Bool),
        Table: null,
        tag.Tag.Text,
        tag.EngineeringUnit,
        Order: null,
        tag.Transform.Scale,
        tag.Transform.Offset);
}
