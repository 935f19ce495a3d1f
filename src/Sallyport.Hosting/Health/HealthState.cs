namespace Sallyport.Hosting.Health;

/// <summary>What the health endpoint says.</summary>
internal enum HealthState
{
    /// <summary>All workers are alive and everything that the module waits for is there.</summary>
    Healthy,

    /// <summary>All workers are alive, and the module still waits for something, for example its first plan.</summary>
    Starting,

    /// <summary>A worker has ended, or the module is out of use until somebody acts.</summary>
    Unhealthy,
}
