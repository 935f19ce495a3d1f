using System.Collections.Immutable;

namespace Sallyport.Hosting.Configuration;

/// <summary>Collects everything that is wrong with one document, so that the user sees all of it at once.</summary>
/// <remarks>Keeps the first <see cref="MaxFaults"/>: they are reported in the twin, which has little room.</remarks>
public sealed class DesiredFaults
{
    /// <summary>The most faults that are kept.</summary>
    public const int MaxFaults = 32;

    private readonly ImmutableArray<PlanFault>.Builder _faults = ImmutableArray.CreateBuilder<PlanFault>();
    private int _more;

    /// <summary>Whether nothing was refused so far.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Adds a fault.</summary>
    public void Add(string pointer, string reason)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(new PlanFault(pointer, reason));
        }
        else
        {
            _more++;
        }
    }

    /// <summary>The faults in the order in which they were found, and how many more there were.</summary>
    public ImmutableArray<PlanFault> ToImmutable() =>
        _more == 0 ? _faults.ToImmutable() : [.. _faults, new PlanFault("", $"There are {_more} more faults.")];
}
