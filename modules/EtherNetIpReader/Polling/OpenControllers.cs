using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>The controllers that are read now, for polls and for direct methods alike: both go over the same connections.</summary>
internal sealed class OpenControllers(Func<ControllerPlan, IController> create)
{
    private readonly ConcurrentDictionary<string, IController> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IdentityObject> _identities = new(StringComparer.Ordinal);

    /// <summary>Opens a controller that is not open.</summary>
    public IController Open(SourcePlan plan) => _open[plan.Name] = create(plan.Controller);

    /// <summary>The controller of a plan; false while that plan is not in force.</summary>
    public bool TryFind(SourcePlan plan, [NotNullWhen(true)] out IController? controller) =>
        _open.TryGetValue(plan.Name, out controller) && plan.IsSameDeviceAs(plan with { Controller = controller.Plan });

    /// <summary>A controller said who it is.</summary>
    public void Saw(ControllerPlan plan, IdentityObject identity) => _identities[plan.Name] = identity;

    /// <summary>Who a controller said that it is, last; null if it did not say yet.</summary>
    public IdentityObject? IdentityOf(ControllerPlan plan) => _identities.GetValueOrDefault(plan.Name);

    /// <summary>Closes a controller. Nothing polls it any more.</summary>
    public ValueTask CloseAsync(IController controller)
    {
        _identities.TryRemove(controller.Plan.Name, out _);
        _open.TryRemove(KeyValuePair.Create(controller.Plan.Name, controller));
        return controller.DisposeAsync();
    }
}
