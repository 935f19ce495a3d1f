using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Watch;

/// <summary>When people are told that something ends.</summary>
internal static class ExpiryLevels
{
    // The life for which the days are meant. What lives shorter gets the same shares of its own life.
    private const double UsualLifeInDays = 90;

    private static readonly (double Days, ExpiryLevel Level)[] Limits =
        [(1, ExpiryLevel.Days1), (3, ExpiryLevel.Days3), (7, ExpiryLevel.Days7), (14, ExpiryLevel.Days14), (30, ExpiryLevel.Days30)];

    /// <summary>The level at a moment.</summary>
    public static ExpiryLevel Of(DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now)
    {
        TimeSpan left = notAfter - now;
        if (left <= TimeSpan.Zero)
        {
            return ExpiryLevel.Expired;
        }

        foreach ((var days, ExpiryLevel level) in Limits)
        {
            if (left <= Scaled(days, notAfter - notBefore))
            {
                return level;
            }
        }

        return ExpiryLevel.None;
    }

    /// <summary>So many days, or the same share of a life of less than 90.</summary>
    public static TimeSpan Scaled(double days, TimeSpan life)
    {
        var share = life * (days / UsualLifeInDays);
        var whole = TimeSpan.FromDays(days);
        return share < whole ? share : whole;
    }

    /// <summary>At 30 days a renewal begins by itself; what was not renewed at 14 needs somebody.</summary>
    public static EventSeverity SeverityOf(ExpiryLevel level) => level switch
    {
        ExpiryLevel.Expired => EventSeverity.Critical,
        > ExpiryLevel.Days30 => EventSeverity.High,
        _ => EventSeverity.Medium,
    };

    /// <summary>For one who looks at a table.</summary>
    public static string WordFor(ExpiryLevel level) => level switch
    {
        ExpiryLevel.None => "good",
        ExpiryLevel.Days30 => "ending",
        ExpiryLevel.Expired => "expired",
        _ => "urgent",
    };
}
