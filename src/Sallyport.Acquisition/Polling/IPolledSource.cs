namespace Sallyport.Acquisition.Polling;

/// <summary>A device that is polled, made by the reader that knows its protocol.</summary>
/// <typeparam name="TSource">What the plan says of it.</typeparam>
/// <typeparam name="TGroup">Its groups.</typeparam>
public interface IPolledSource<TSource, in TGroup> : IAsyncDisposable
    where TGroup : IGroupPlan<TGroup>
    where TSource : ISourcePlan<TSource, TGroup>
{
    /// <summary>How it is doing.</summary>
    DeviceStatusTracker Status { get; }

    /// <summary>A plan of this device is in force.</summary>
    void Use(TSource plan, string configurationHash);

    /// <summary>A reader of a group that knows nothing yet about the device.</summary>
    IGroupReader CreateReader(TGroup group);

    /// <summary>Begins nothing besides polls any more; what is on its way is waited for when the source is disposed of, after its loops have ended.</summary>
    void StopAsking();
}
