namespace Sallyport.Simulator.EdgeAgent;

/// <summary>How long a module should have run, and how long it did. Changed under the lock of its owner.</summary>
internal sealed class ModuleAvailability
{
    private long _last;

    /// <param name="version">As in the manifest.</param>
    /// <param name="now">When the deployment began to name it.</param>
    public ModuleAvailability(string version, long now) => (Version, _last) = (version, now);

    public string Version { get; }

    /// <summary>Whether the deployment names it. What it does not name any more keeps its numbers.</summary>
    public bool IsDeployed { get; private set; } = true;

    public bool IsRunning { get; set; }

    public TimeSpan Expected { get; private set; }

    public TimeSpan Running { get; private set; }

    /// <summary>Time goes by.</summary>
    public void Move(long now, TimeProvider time)
    {
        TimeSpan passed = time.GetElapsedTime(_last, now);
        _last = now;
        Expected += IsDeployed ? passed : TimeSpan.Zero;
        Running += IsDeployed && IsRunning ? passed : TimeSpan.Zero;
    }

    public void Remove() => IsDeployed = false;
}
