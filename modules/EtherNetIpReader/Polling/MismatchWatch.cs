using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Remembers of one controller what was told of its identity, so that one mismatch is one event however often it is met. Safe from any thread.</summary>
internal sealed class MismatchWatch(ControllerPlan plan, MismatchAlarm alarm)
{
    private readonly Lock _lock = new();
    private string? _told;

    /// <summary>Another device answered.</summary>
    /// <returns>The differences in one line.</returns>
    public string Differs(KeyingOutcome.Differs differences)
    {
        string line = differences.ToString();
        lock (_lock)
        {
            if (!string.Equals(line, _told, StringComparison.Ordinal))
            {
                _told = line;
                alarm.Raise(plan, differences);
            }
        }

        return line;
    }

    /// <summary>The device of the plan answered.</summary>
    public void Matches()
    {
        if (Volatile.Read(ref _told) is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_told is not null)
            {
                _told = null;
                alarm.Clear(plan);
            }
        }
    }
}
