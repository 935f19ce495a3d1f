namespace Sallyport.Acquisition.Polling;

/// <summary>Makes the devices that are polled, and has the ways to them. Used by one supervisor; disposed of when nothing is polled any more.</summary>
/// <typeparam name="TSource">What the plan says of a device.</typeparam>
/// <typeparam name="TGroup">Its groups.</typeparam>
public interface IPolledSources<TSource, in TGroup> : IAsyncDisposable
    where TGroup : IGroupPlan<TGroup>
    where TSource : ISourcePlan<TSource, TGroup>
{
    /// <summary>Closes the ways that none of these devices needs. No device that needs one of them is polled any more.</summary>
    Task KeepOnlyAsync(IReadOnlyCollection<TSource> plans);

    /// <summary>A device that nothing is known about; its status message announces the session.</summary>
    IPolledSource<TSource, TGroup> Create(TSource plan);
}
