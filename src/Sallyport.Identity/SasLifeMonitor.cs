namespace Sallyport.Identity;

/// <summary>Watches how long a SAS token still lives.</summary>
/// <remarks>A token that was minted for at most 24 h is judged by the 20 % rule alone: otherwise it would be in alarm from its first second.
/// A token from configuration does not say when it was made: the 24 h rule alone is left.</remarks>
public sealed class SasLifeMonitor
{
    private static readonly TimeSpan OneDay = TimeSpan.FromHours(24);

    private readonly DateTimeOffset _expiresAt;
    private readonly TimeSpan _alarmBelow;
    private readonly TimeProvider _time;

    /// <summary>Watches a token that we minted.</summary>
    public SasLifeMonitor(MintedToken token, TimeProvider time)
        : this(token.ExpiresAt, AlarmBelow(token.ExpiresAt - token.IssuedAt), time)
    {
    }

    /// <summary>Watches a token from configuration.</summary>
    public SasLifeMonitor(SasToken token, TimeProvider time)
        : this(token.ExpiresAt, OneDay, time)
    {
    }

    private SasLifeMonitor(DateTimeOffset expiresAt, TimeSpan alarmBelow, TimeProvider time)
    {
        _expiresAt = expiresAt;
        _alarmBelow = alarmBelow;
        _time = time;
    }

    /// <summary>Time until the end; zero when it has ended.</summary>
    public TimeSpan Remaining
    {
        get
        {
            TimeSpan left = _expiresAt - _time.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>How urgent it is now.</summary>
    public SasLifeAlarm Alarm
    {
        get
        {
            TimeSpan left = Remaining;
            return left == TimeSpan.Zero ? SasLifeAlarm.Expired
                : left < _alarmBelow ? SasLifeAlarm.EndingSoon
                : SasLifeAlarm.None;
        }
    }

    private static TimeSpan AlarmBelow(TimeSpan life)
    {
        TimeSpan fifth = life / 5;
        return life > OneDay && OneDay > fifth ? OneDay : fifth;
    }
}
