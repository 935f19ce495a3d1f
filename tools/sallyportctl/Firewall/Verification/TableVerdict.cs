using System.Collections.Immutable;

namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>What is loaded of a plan.</summary>
/// <param name="Table">The table.</param>
/// <param name="IsLoaded">Whether there is such a table at all.</param>
/// <param name="Drifts">How it differs.</param>
/// <param name="Counts">What it counted and refused.</param>
/// <param name="OtherTables">Tables that are loaded beside, such as <c>ip nat</c>.</param>
internal sealed record TableVerdict(string Table, bool IsLoaded, ImmutableArray<Drift> Drifts, TableCounts Counts, ImmutableArray<string> OtherTables)
{
    /// <summary>Whether the plan is in force, and nothing beside it.</summary>
    public bool IsSame => IsLoaded && Drifts.IsEmpty;

    /// <summary>The verdict in a word.</summary>
    public string Word => IsSame ? "same" : IsLoaded ? "drifted" : "missing";

    /// <summary>Tables of families whose rules packets meet before ours, and can leave by.</summary>
    public IEnumerable<string> TablesBefore => OtherTables.Where(table => table.StartsWith("netdev ", StringComparison.Ordinal) || table.StartsWith("bridge ", StringComparison.Ordinal));
}
