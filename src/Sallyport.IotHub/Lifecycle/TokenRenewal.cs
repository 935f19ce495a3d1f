namespace Sallyport.IotHub.Lifecycle;

/// <summary>When to replace a token by a planned reconnect: at 80 to 85 % of its life, so that the modules of a gateway do not all do it at once.</summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class TokenRenewal(Func<double> random)
{
    private const double Earliest = 0.80;
    private const double Spread = 0.05;

    /// <summary>Time from the issue to the reconnect.</summary>
    public TimeSpan DueAfter(TimeSpan life) => life * (Earliest + (Spread * random()));
}
