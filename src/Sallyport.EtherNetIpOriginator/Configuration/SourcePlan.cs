using System.Collections.Immutable;
using Sallyport.Acquisition.Polling;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>One controller, and what is read of it.</summary>
/// <param name="Controller">The way to it, and what it must be.</param>
/// <param name="Polls">One per group that has tags of this controller, by group name.</param>
public sealed record SourcePlan(ControllerPlan Controller, ImmutableArray<PollPlan> Polls) : ISourcePlan<SourcePlan, PollPlan>
{
    /// <summary>The protocol of each controller, as its frames have it.</summary>
    public const string EtherNetIp = "ethernet-ip";

    /// <summary>As configured; the <c>source</c> of its frames.</summary>
    public string Name => Controller.Name;

    /// <inheritdoc/>
    public string Protocol => EtherNetIp;

    /// <inheritdoc/>
    public bool IsSameDeviceAs(SourcePlan other) =>
        string.Equals(Controller.Route.Text, other.Controller.Route.Text, StringComparison.Ordinal)
        && Controller with { Route = other.Controller.Route } == other.Controller;

    /// <summary>The tag that has the scale of another one; null if that needs none.</summary>
    public TagPlan? ScaleOf(TagPlan tag) => tag.Transform.ScaleFrom is { } source
        ? Polls.SelectMany(poll => poll.Tags).First(other => string.Equals(other.Name, source, StringComparison.Ordinal))
        : null;
}
