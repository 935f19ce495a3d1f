using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Alarms;

/// <summary>An alarm that was raised, or is over.</summary>
/// <param name="Alarm">Which.</param>
/// <param name="IsOpen">Raised; else over.</param>
/// <param name="Stood">How long it stood; zero for one that was raised.</param>
internal sealed record AlarmChange(Alarm Alarm, bool IsOpen, TimeSpan Stood);
