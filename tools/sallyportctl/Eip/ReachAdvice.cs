using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.Ctl.Eip;

/// <summary>What to do when a controller is not reached.</summary>
internal static class ReachAdvice
{
    /// <summary>The reason, and what to look at.</summary>
    public static string Of(ControllerPlan plan, string reason) => $"{reason}. " + (plan.Route.IsEmpty
        ? "Is the host right and TCP port 44818 open on the way? Behind an adapter the controller needs --path, for example 1,0."
        : $"Is the host right, TCP port 44818 open on the way, and a controller at path {plan.Route.Text}? A Micro800 needs no path.");
}
