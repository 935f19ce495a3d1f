using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Recovery;

/// <summary>The newest state that was read back and proven.</summary>
/// <param name="Header">Of its slot.</param>
/// <param name="State">What it says.</param>
/// <param name="NextChainRoot">For the epoch that it names.</param>
internal sealed record FoundState(PageHeader Header, RingState State, SecretKey NextChainRoot);
