using Sallyport.EtherNetIp.Planning;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>The frames of a round, and what their replies mean.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Items">What they read, in the order of the plan.</param>
/// <param name="NextRetry">When a tag that is left out now is to be asked for again, as a timestamp.</param>
/// <param name="WantsSymbols">Whether the list of tags would make it shorter.</param>
internal sealed record GroupPlan(ReadPlan Frames, ReadItem[] Items, long NextRetry, bool WantsSymbols);
