using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sallyport.BatchVerification.Content;

/// <summary>What records have to be like, besides being there. Immutable.</summary>
/// <param name="points">One rule at most for each point.</param>
public sealed class ContentRules(ImmutableArray<PointRule> points)
{
    private readonly FrozenDictionary<(string Source, string Point), PointRule> _points = points.ToFrozenDictionary(rule => (rule.Source, rule.Point));

    /// <summary>No rules for points: only order and completeness are checked.</summary>
    public static ContentRules None { get; } = new([]);

    /// <summary>The rules for points.</summary>
    public ImmutableArray<PointRule> Points => points;

    /// <summary>The rule for a point; null if there is none.</summary>
    public PointRule? Find(string source, string point) => _points.GetValueOrDefault((source, point));
}
