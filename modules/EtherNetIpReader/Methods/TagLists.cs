using System.Collections.Concurrent;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpOriginator.Listing;
using Sallyport.EtherNetIpReader.Polling;

namespace Sallyport.EtherNetIpReader.Methods;

/// <summary>Lists of tags, kept for a while: a caller who goes through the pages of one list does not make the controller list its tags for each.</summary>
internal sealed class TagLists(ReadingMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (IController Controller, long At, ReadableTags Tags)> _kept = new(StringComparer.Ordinal);

    /// <summary>The tags of a controller, or why there are none.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="mayBeKept">Whether a list that is a few minutes old will do.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<(ReadableTags? Tags, string? Failure)> FindAsync(IController controller, bool mayBeKept, CancellationToken stop)
    {
        string name = controller.Plan.Name;
        if (mayBeKept
            && _kept.TryGetValue(name, out var kept)
            && ReferenceEquals(kept.Controller, controller)
            && time.GetElapsedTime(kept.At) < Life)
        {
            return (kept.Tags, null);
        }

        BrowseOutcome outcome = await controller.BrowseAsync(progress: null, stop);
        metrics.Browsed(outcome is BrowseOutcome.Browsed);
        switch (outcome)
        {
            case BrowseOutcome.Browsed browsed:
                var tags = ReadableTags.Of(browsed.Tags);
                _kept[name] = (controller, time.GetTimestamp(), tags);
                return (tags, null);
            case BrowseOutcome.Failed failed:
                return (null, failed.Reason);
            default:
                throw new InvalidOperationException("A browse ends with tags or with a reason.");
        }
    }
}
