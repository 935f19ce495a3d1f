namespace Sallyport.IotHub.Lifecycle;

/// <summary>Suspects a second client with our identity. MQTT 3.1.1 does not say why a broker closes, so the pattern must: it lets us in at the
/// first attempt, closes us soon after, again and again. A broker that restarts refuses at least one attempt in between. Pure.</summary>
internal sealed class TakeoverWatch
{
    /// <summary>So many closures in a row make the suspicion.</summary>
    public const int Suspicious = 3;

    /// <summary>A connection that held this long was not contested.</summary>
    public static readonly TimeSpan Uncontested = TimeSpan.FromMinutes(10);

    private int _closures;
    private int _nextReport = Suspicious;

    /// <summary>The broker closed a connection.</summary>
    /// <param name="lived">How long it had been open.</param>
    /// <returns>Whether this counts as a takeover, and whether it is to be reported: at the third and at each doubling.</returns>
    public (bool IsTakeover, bool IsReported) Closed(TimeSpan lived)
    {
        if (lived >= Uncontested)
        {
            Calm();
        }

        if (++_closures < _nextReport)
        {
            return (_closures >= Suspicious, false);
        }

        _nextReport *= 2;
        return (true, true);
    }

    /// <summary>An attempt failed, or we closed ourselves: nobody was preferred to us.</summary>
    public void Calm() => (_closures, _nextReport) = (0, Suspicious);
}
