using System.Collections.Immutable;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Alarms;

/// <summary>Makes alarms of findings, and keeps noise from people: a finding has to stand before it is an alarm, and to be gone for a while before the alarm is over.</summary>
/// <remarks>Guarded by one lock: looks come from the loop, acknowledgements from a direct method.</remarks>
internal sealed class AlarmBoard
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Standing> _standing = new(StringComparer.Ordinal);

    /// <summary>Those that stand, the most severe first, then the oldest.</summary>
    public ImmutableArray<Alarm> Open
    {
        get
        {
            lock (_lock)
            {
                return [.. _standing.Values.Where(one => one.IsOpen).Select(one => one.Alarm).OrderByDescending(one => one.Severity).ThenBy(one => one.Since)];
            }
        }
    }

    /// <summary>Takes what one look found.</summary>
    /// <param name="findings">All of it.</param>
    /// <param name="elapsed">When, on the clock that nobody sets.</param>
    /// <param name="at">When, for people.</param>
    /// <param name="clearAfter">How long an alarm stays after its finding is gone.</param>
    /// <param name="acknowledged">When an alarm of this id was acknowledged before a restart; null if it was not.</param>
    public ImmutableArray<AlarmChange> Update(
        IEnumerable<Finding> findings, TimeSpan elapsed, DateTimeOffset at, TimeSpan clearAfter, Func<string, DateTimeOffset?> acknowledged)
    {
        ImmutableArray<AlarmChange>.Builder changes = ImmutableArray.CreateBuilder<AlarmChange>();
        lock (_lock)
        {
            foreach (Finding finding in findings)
            {
                Standing standing = _standing.GetValueOrDefault(finding.Id) ?? new Standing(Of(finding, at), elapsed);
                standing.Last = elapsed;
                standing.Alarm = standing.Alarm with { Severity = finding.Severity, Title = finding.Title, Remedy = finding.Remedy };
                _standing[finding.Id] = standing;
                if (!standing.IsOpen && elapsed - standing.First >= finding.After)
                {
                    standing.IsOpen = true;
                    standing.Alarm = standing.Alarm with { AcknowledgedAt = acknowledged(finding.Id) };
                    changes.Add(new AlarmChange(standing.Alarm, IsOpen: true, TimeSpan.Zero));
                }
            }

            // What is not an alarm yet has no grace: noise does not add up.
            foreach ((var id, Standing gone) in _standing.Where(one => one.Value.Last != elapsed && (!one.Value.IsOpen || elapsed - one.Value.Last >= clearAfter)).ToArray())
            {
                _ = _standing.Remove(id);
                if (gone.IsOpen)
                {
                    changes.Add(new AlarmChange(gone.Alarm, IsOpen: false, elapsed - gone.First));
                }
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>Puts down that somebody knows.</summary>
    /// <param name="id">Of an alarm; null for all.</param>
    /// <param name="at">When.</param>
    /// <returns>Ids of the alarms that nobody had acknowledged before.</returns>
    public ImmutableArray<string> Acknowledge(string? id, DateTimeOffset at)
    {
        ImmutableArray<string>.Builder ids = ImmutableArray.CreateBuilder<string>();
        lock (_lock)
        {
            foreach (Standing standing in _standing.Values.Where(one => one.IsOpen && one.Alarm.AcknowledgedAt is null && (id is null || string.Equals(one.Alarm.Id, id, StringComparison.Ordinal))))
            {
                standing.Alarm = standing.Alarm with { AcknowledgedAt = at };
                ids.Add(standing.Alarm.Id);
            }
        }

        return ids.ToImmutable();
    }

    /// <summary>Whether an alarm of this id stands.</summary>
    public bool IsOpen(string id)
    {
        lock (_lock)
        {
            return _standing.TryGetValue(id, out Standing? standing) && standing.IsOpen;
        }
    }

    private static Alarm Of(Finding finding, DateTimeOffset at) => new(finding.Id, finding.Severity, finding.Title, finding.Remedy, at);

    private sealed class Standing(Alarm alarm, TimeSpan first)
    {
        public Alarm Alarm { get; set; } = alarm;

        public TimeSpan First { get; } = first;

        public TimeSpan Last { get; set; } = first;

        public bool IsOpen { get; set; }
    }
}
