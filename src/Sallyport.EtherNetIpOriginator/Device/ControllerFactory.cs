using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Makes controllers.</summary>
/// <param name="metrics">Counts what they do.</param>
/// <param name="time">The clock.</param>
/// <param name="logs">Makes their logs.</param>
public sealed class ControllerFactory(EtherNetIpMetrics metrics, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>A controller that has not been connected to yet. The caller owns it.</summary>
    /// <param name="plan">The controller.</param>
    /// <param name="observed">Told who it is, at each session and whenever its mode, key switch or faults change. Must return at once.</param>
    public IController Create(ControllerPlan plan, Action<IdentityObject> observed) => new Controller(plan, metrics, time, logs.CreateLogger<Controller>(), Jitter.Next, observed);
}
