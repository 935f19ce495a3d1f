using System.Collections.Immutable;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Reads from one controller.</summary>
public interface IController : IAsyncDisposable
{
    /// <summary>What the plan says of it.</summary>
    ControllerPlan Plan { get; }

    /// <summary>Makes a reader for a fixed list of tags, kept for the life of a poll group.</summary>
    /// <remarks>One group is not for parallel use. Groups of one controller may be read in parallel; the controller arbitrates.</remarks>
    ITagGroup Prepare(ImmutableArray<TagRequest> tags);

    /// <summary>Asks who the controller is and compares it with the key.</summary>
    ValueTask<IdentifyOutcome> IdentifyAsync(CancellationToken stop);

    /// <summary>Lists the tags of the controller.</summary>
    /// <param name="progress">Hears how many tags have been found.</param>
    /// <param name="stop">Ends it.</param>
    ValueTask<BrowseOutcome> BrowseAsync(IProgress<int>? progress, CancellationToken stop);
}
