using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Hosting.Configuration;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>Reads <c>/tags</c>: controller → name → group, and the members of <see cref="TagKeys"/>, <see cref="TransformKeys"/> and <see cref="ReportKeys"/>.</summary>
internal sealed class TagSection(Dictionary<string, ControllerPlan?> controllers, IReadOnlyDictionary<string, GroupSettings?> groups)
{
    public const string Key = "tags";

    private const int MaxTagsPerController = 10_000;
    private const int MaxNameLength = 64;

    private readonly Dictionary<(string Controller, string Group), List<TagPlan>> _tags = [];

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["group", .. TagKeys.All, .. TransformKeys.All, .. ReportKeys.OfPoint];

    /// <summary>Reads all tags of all controllers.</summary>
    public void Read(DesiredReader section)
    {
        foreach (DesiredReader controller in section.NamedEntries(int.MaxValue))
        {
            if (!controllers.ContainsKey(controller.Name))
            {
                controller.Refuse($"There is no controller \"{controller.Name}\".");
                continue;
            }

            ReadAll(controller);
        }
    }

    /// <summary>The polls of a controller, by group name. Only after everything was read without a fault.</summary>
    public ImmutableArray<PollPlan> PollsOf(string controller) =>
        [.. _tags
            .Where(poll => string.Equals(poll.Key.Controller, controller, StringComparison.Ordinal))
            .OrderBy(poll => poll.Key.Group, StringComparer.Ordinal)
            .Select(poll => new PollPlan(
                poll.Key.Group, groups[poll.Key.Group]!.Interval, [.. poll.Value.OrderBy(tag => tag.Name, StringComparer.Ordinal)])
            {
                Report = groups[poll.Key.Group]!.Report,
            })];

    private void ReadAll(DesiredReader controller)
    {
        IReadOnlyList<DesiredReader> entries = controller.NamedEntries(MaxTagsPerController);
        var candidates = new List<ScaleCandidate>();
        int count = 0;
        foreach (DesiredReader entry in entries)
        {
            count += ReadOne(controller.Name, entry, candidates);
        }

        if (count > MaxTagsPerController)
        {
            controller.Refuse(string.Create(
                CultureInfo.InvariantCulture, $"There are {count} values with all elements; at most {MaxTagsPerController} are possible."));
        }

        ScaleSources.Check(entries, candidates);
    }

    private int ReadOne(string controller, DesiredReader entry, List<ScaleCandidate> candidates)
    {
        if (!entry.IsObjectOf([.. Keys]))
        {
            return 0;
        }

        bool isGood = TryGroup(entry["group"], out string? group);
        ImmutableArray<TagPlan> tags = TagKeys.Read(entry);
        if (tags.IsEmpty)
        {
            return 0;
        }

        ValueShape shape = ShapeOf(entry, tags[0]);
        ValueTransform transform = TransformKeys.Read(entry, shape, out string? engineeringUnit);
        Deadband deadband = ReportKeys.ReadPoint(entry, isGood ? groups[group!] : null);
        if (!isGood)
        {
            return 0;
        }

        List<TagPlan> poll = PollOf(controller, group!);
        foreach (TagPlan tag in tags)
        {
            poll.Add(tag with { Transform = transform, EngineeringUnit = engineeringUnit, Deadband = deadband });
        }

        // A list of values is no scale; a type that is not known yet may be one.
        bool isWhole = !entry["elements"].Exists && (tags[0] is { Type: null, Tag.Bit: null } || (shape.IsNumber && shape.Range is not null));
        candidates.Add(new ScaleCandidate(entry.Name, group!, transform, isWhole));
        return tags.Length;
    }

    private static ValueShape ShapeOf(DesiredReader entry, TagPlan tag) => tag switch
    {
        { Tag.Bit: not null } => ValueShapes.OfBit(),
        { Type: { } type } => ValueShapes.Of(type),
        _ => ValueShapes.OfUnknown(isWhole: entry["enum"].Exists),
    };

    private bool TryGroup(DesiredReader entry, out string? group)
    {
        if (!entry.TryText(MaxNameLength, out group))
        {
            return false;
        }

        if (!groups.ContainsKey(group))
        {
            entry.Refuse($"There is no group \"{group}\".");
            return false;
        }

        return true;
    }

    private List<TagPlan> PollOf(string controller, string group)
    {
        if (!_tags.TryGetValue((controller, group), out List<TagPlan>? tags))
        {
            _tags.Add((controller, group), tags = []);
        }

        return tags;
    }
}
