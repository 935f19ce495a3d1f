using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>The controllers that are read now, for polls and for direct methods alike: both go over the same connections.</summary>
internal sealed class OpenControllers(Func<ControllerPlan, Action<IdentityObject>, IController> create)
{
    private readonly ConcurrentDictionary<string, IController> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IdentityObject> _identities = new(StringComparer.Ordinal);

    /// <summary>Opens a controller that is not open.</summary>
    /// <param name="plan">The controller.</param>
    /// <param name="identified">Told who it is, at each session and whenever its mode, key switch or faults change.</param>
    public IController Open(SourcePlan plan, Action<IdentityObject> identified) => _open[plan.Name] = create(
        plan.Controller,
        identity =>
        {
            _identities[plan.Name] = identity;
            identified(identity);
        });

    /// <summary>The controller of a plan; false while that plan is not in force.</summary>
    public bool TryFind(SourcePlan plan, [NotNullWhen(true)] out IController? controller) =>
        _open.TryGetValue(plan.Name, out controller) && plan.IsSameDeviceAs(plan with { Controller = controller.Plan });

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
