using System.Collections.Immutable;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>Gathers flows: what is asked for twice passes by one rule.</summary>
internal sealed class FlowList
{
    private const int LongestId = 100;

    private readonly List<Flow> _flows = [];

    /// <summary>What was gathered.</summary>
    public ImmutableArray<Flow> Flows => [.. _flows];

    /// <summary>Adds a flow; its id is made here.</summary>
    public void Add(Flow flow)
    {
        var twin = _flows.FindIndex(other => IsSame(flow, other));
        if (twin < 0)
        {
            _flows.Add(flow with { Id = IdOf(flow) });
            return;
        }

        _flows[twin] = _flows[twin] with
        {
            Purpose = Joined(_flows[twin].Purpose, flow.Purpose),
            DemandedBy = Joined(_flows[twin].DemandedBy, flow.DemandedBy),
        };
    }

    private static bool IsSame(Flow one, Flow other) =>
        one.Box == other.Box
        && one.Direction == other.Direction
        && one.Protocol == other.Protocol
        && one.Port == other.Port
        && string.Equals(one.InInterface, other.InInterface, StringComparison.Ordinal)
        && string.Equals(one.OutInterface, other.OutInterface, StringComparison.Ordinal)
        && one.Sources.SequenceEqual(other.Sources)
        && one.Destinations.SequenceEqual(other.Destinations);

    private static string Joined(string present, string more) =>
        present.Split(", ").Contains(more, StringComparer.Ordinal) ? present : $"{present}, {more}";

    private string IdOf(Flow flow)
    {
        string service = flow.Service.Replace('/', '_');
        string words = $"{flow.From}_to_{flow.To}";
        string id = $"f_{new string([.. words.Take(LongestId).Select(sign => char.IsAsciiLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : '_')])}_{service}";
        int same = _flows.Count(other => other.Box == flow.Box && (string.Equals(other.Id, id, StringComparison.Ordinal) || other.Id.StartsWith(id + "__", StringComparison.Ordinal)));
        return same is 0 ? id : FormattableString.Invariant($"{id}__{same + 1}");
    }
}
