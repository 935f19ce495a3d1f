using System.Collections.Immutable;

namespace Sallyport.Simulator.Check;

/// <summary>Counts what is wrong, and keeps the first few in words. Not safe for several threads.</summary>
internal sealed class Findings
{
    private const int MostTexts = 10;

    private readonly long[] _counts = new long[Enum.GetValues<FindingKind>().Length];
    private readonly List<string> _texts = [];

    /// <summary>The first findings in words.</summary>
    public ImmutableArray<string> Texts => [.. _texts];

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

    /// <summary>A copy, to go on from.</summary>
    public Findings Copy()
    {
        var copy = new Findings();
        _counts.CopyTo(copy._counts, 0);
        copy._texts.AddRange(_texts);
        return copy;
    }
}
