using System.Collections.Immutable;

namespace Sallyport.Acquisition.Polling;

/// <summary>What a plan says of one device, the <c>source</c> of frames.</summary>
/// <typeparam name="TSelf">The type of the plan.</typeparam>
/// <typeparam name="TGroup">Its groups.</typeparam>
public interface ISourcePlan<in TSelf, TGroup>
    where TGroup : IGroupPlan<TGroup>
{
    /// <summary>As configured; the <c>source</c> of its frames.</summary>
    string Name { get; }

    /// <summary>How it is read, for example <c>modbus-tcp</c>.</summary>
    string Protocol { get; }

    /// <summary>One per group that has points of this device, by group name.</summary>
    ImmutableArray<TGroup> Polls { get; }

    /// <summary>Whether the other plan speaks of the same device, so that what is known about it still holds.</summary>
    bool IsSameDeviceAs(TSelf other);
}
