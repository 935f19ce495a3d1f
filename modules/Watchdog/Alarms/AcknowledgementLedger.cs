using System.Globalization;
using Sallyport.Watchdog.Storage;

namespace Sallyport.Watchdog.Alarms;

/// <summary>Keeps over restarts which alarms people know of, so that a restart does not wake them again.</summary>
/// <remarks>After a restart alarms are found anew; what is not found by <see cref="Life"/> is forgotten. Guarded by one lock.</remarks>
/// <param name="file">On the volume.</param>
/// <param name="time">For that time.</param>
internal sealed class AcknowledgementLedger(LedgerFile file, TimeProvider time)
{
    /// <summary>How long after a start an acknowledgement of before it counts.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);
    private Dictionary<string, DateTimeOffset>? _before;

    /// <summary>When an alarm that is raised now was acknowledged before the restart; null if it was not.</summary>
    public DateTimeOffset? Find(string id)
    {
        lock (_lock)
        {
            Dictionary<string, DateTimeOffset> before = _before ??= Load();
            if (time.GetElapsedTime(_start) > Life || !before.Remove(id, out DateTimeOffset at))
            {
                return null;
            }

            _known[id] = at;
            return at;
        }
    }

    /// <summary>Puts down acknowledgements.</summary>
    public void Add(IEnumerable<string> ids, DateTimeOffset at)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                _known[id] = at;
            }
        }
    }

    /// <summary>The alarm is over; when it comes again, people hear of it again.</summary>
    /// <returns>Whether it was acknowledged, so that there is something to store.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _known.Remove(id);
        }
    }

    /// <summary>Stores it.</summary>
    /// <returns>What is wrong with the disk; null if it is stored.</returns>
    public Task<string?> StoreAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> all;
        lock (_lock)
        {
            all = _known.ToDictionary(one => one.Key, one => one.Value.ToString("O", CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }

        return file.StoreAsync(all, cancellationToken);
    }

    private Dictionary<string, DateTimeOffset> Load()
    {
        var known = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach ((var id, var text) in file.Load())
        {
            if (DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at))
            {
                known[id] = at;
            }
        }

        return known;
    }
}
