using System.Collections.Immutable;

namespace Sallyport.Simulator.Check;

/// <summary>Counts what is wrong, and keeps the first few in words. Not safe for several threads.</summary>
internal sealed class Findings
{
    private const int MostTexts = 10;

    private readonly long[] _counts = new long[Enum.GetValues<FindingKind>().Length];
    private readonly List<string> _texts = [];
    private readonly List<NamedPages> _named = [];

    /// <summary>The first findings in words.</summary>
    public ImmutableArray<string> Texts => [.. _texts];

    /// <summary>The pages that something befell.</summary>
    public ImmutableArray<NamedPages> Named => [.. _named];

    /// <summary>How often something was found.</summary>
    public long this[FindingKind kind] => _counts[(int)kind];

    /// <summary>Adds a finding.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="text">One sentence.</param>
    /// <param name="count">How many of them; nothing is added for 0.</param>
    public void Add(FindingKind kind, string text, long count = 1)
    {
        if (count == 0)
        {
            return;
        }

        _counts[(int)kind] += count;
        if (_texts.Count < MostTexts)
        {
            _texts.Add(text);
        }
    }

    /// <summary>Adds a finding about pages that are known by number.</summary>
    public void Add(FindingKind kind, NamedPages pages, string text, long count = 1)
    {
        Add(kind, text, count);
        if (count > 0)
        {
            _named.Add(pages);
        }
    }
}
