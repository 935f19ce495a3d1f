namespace Sallyport.Posture.Report;

/// <summary>What became of reading a report.</summary>
public abstract record ReportReading
{
    private ReportReading()
    {
    }

    /// <summary>It can be judged.</summary>
    public sealed record Usable(HostReport Report) : ReportReading;

    /// <summary>It cannot: whatever stands in it proves nothing.</summary>
    /// <param name="Reason">One sentence, and what to do.</param>
    public sealed record Unusable(string Reason) : ReportReading;

    /// <summary>Looks at the date of a report.</summary>
    public static ReportReading Of(HostReport report, DateTimeOffset now, TimeSpan maxAge)
    {
        TimeSpan age = now - report.CollectedAt;
        if (age > maxAge)
        {
            return new Unusable($"The report of the host is of {report.CollectedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z, too old: see that sallyport-posture.timer runs.");
        }

        return age < -Tolerance
            ? new Unusable($"The report of the host is of {report.CollectedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z, which is in the future: a clock is wrong.")
            : new Usable(report);
    }

    private static TimeSpan Tolerance => TimeSpan.FromMinutes(5);
}
