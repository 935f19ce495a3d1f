using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>The controllers that are read now, for polls and for direct methods alike: both go over the same connections.</summary>
internal sealed class OpenControllers(Func<ControllerPlan, IController> create)
{
    private readonly ConcurrentDictionary<string, IController> _open = new(StringComparer.Ordinal);

    /// <summary>Opens a controller that is not open.</summary>
    public IController Open(SourcePlan plan) => _open[plan.Name] = create(plan.Controller);

    /// <summary>The controller of a plan; false while that plan is not in force.</summary>
    public bool TryFind(SourcePlan plan, [NotNullWhen(true)] out IController? controller) =>
        _open.TryGetValue(plan.Name, out controller) && ReferenceEquals(controller.Plan, plan.Controller);

    /// <summary>Closes a controller. Nothing polls it any more.</summary>
    public ValueTask CloseAsync(IController controller)
    {
        _open.TryRemove(KeyValuePair.Create(controller.Plan.Name, controller));
        return controller.DisposeAsync();
    }
}
