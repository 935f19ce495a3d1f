using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Makes controllers.</summary>
/// <param name="metrics">Counts what they do.</param>
/// <param name="time">The clock.</param>
/// <param name="logs">Makes their logs.</param>
/// <param name="observed">Told who a controller is, at each session and whenever its mode, key switch or faults change. Must return at once.</param>
public sealed class ControllerFactory(EtherNetIpMetrics metrics, TimeProvider time, ILoggerFactory logs, Action<ControllerPlan, IdentityObject>? observed = null)
{
    /// <summary>A controller that has not been connected to yet. The caller owns it.</summary>
    public IController Create(ControllerPlan plan) => new Controller(plan, metrics, time, logs.CreateLogger<Controller>(), Jitter.Next, observed);
}
