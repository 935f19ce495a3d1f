namespace Sallyport.Watchdog.Delivery;

/// <summary>How much a counter of another process grew from look to look. A counter that began anew with its process is told apart from one that went down.</summary>
internal sealed class Growth
{
    private (string Instance, double Value)? _last;

    /// <summary>What was added since the last look; 0 at the first, and for a counter that is not there.</summary>
    public double Observe(string instance, double? value)
    {
        if (value is not { } now)
        {
            return 0;
        }

        (string Instance, double Value)? last = _last;
        _last = (instance, now);
        return last switch
        {
            null => 0,
            { } before when !string.Equals(before.Instance, instance, StringComparison.Ordinal) => now,
            { } before => Math.Max(0, now - before.Value),
        };
    }
}
