using Sallyport.Identity;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>Reports once that a token from configuration ends soon, and once that it has ended. Connecting goes on meanwhile.</summary>
internal sealed class TokenWatch(SasLifeMonitor monitor, IncidentFeed incidents)
{
    private SasLifeAlarm _reported = SasLifeAlarm.None;

    /// <summary>Looks now.</summary>
    public void Check()
    {
        SasLifeAlarm alarm = monitor.Alarm;
        if (alarm == _reported)
        {
            return;
        }

        _reported = alarm;
        if (alarm != SasLifeAlarm.None)
        {
            incidents.Raise(HubIncidentKind.TokenEnding, alarm == SasLifeAlarm.Expired
                ? "The token in the connection string has expired. Replace it."
                : $"The token in the connection string ends in {monitor.Remaining.TotalHours:0.0} h. Replace it.");
        }
    }
}
