using Sallyport.Acquisition;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>How soon a controller may be tried again. Shared by all groups that read from it, so that they do not knock one after the other.</summary>
internal sealed class HoldOff(TimeProvider time, Func<double> random)
{
    /// <summary>After what somebody has to mend first.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(5);

    /// <summary>After a device that is not the one of the key: it may be exchanged.</summary>
    public static readonly TimeSpan WrongDevice = TimeSpan.FromMinutes(1);

    private readonly BackOff _backOff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10), random);
    private readonly Lock _lock = new();
    private long _notBefore = long.MinValue;
    private int _failures;

    /// <summary>Whether it is too early.</summary>
    public bool Refuses
    {
        get
        {
            lock (_lock)
            {
                return time.GetTimestamp() < _notBefore;
            }
        }
    }

    /// <summary>A round was answered.</summary>
    public void Served()
    {
        lock (_lock)
        {
            _failures = 0;
        }
    }

    /// <summary>There is no session, or it ended before it served.</summary>
    /// <param name="atLeast">The wait if it is longer than that for the failures so far.</param>
    public void Failed(TimeSpan atLeast = default)
    {
        lock (_lock)
        {
            TimeSpan wait = _backOff.Next(++_failures);
            _notBefore = time.GetTimestamp() + (long)((wait > atLeast ? wait : atLeast).TotalSeconds * time.TimestampFrequency);
        }
    }
}
