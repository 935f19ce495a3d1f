namespace Sallyport.Acquisition.Configuration;

/// <summary>What a group's own entry says.</summary>
/// <param name="Interval">Time from one poll to the next.</param>
/// <param name="Report">Which polls become frames.</param>
/// <param name="Deadband">Of its points that do not say otherwise.</param>
public sealed record GroupSettings(TimeSpan Interval, ReportPlan Report, Deadband Deadband);
