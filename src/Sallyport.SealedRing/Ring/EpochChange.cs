using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>An epoch that begins once the device knows of it: a state says so, and nothing is sealed before.</summary>
/// <param name="Keys">Its keys.</param>
/// <param name="Announcement">Hands the chain's root to the verifier; null while there is none.</param>
internal sealed record EpochChange(SealingKeys Keys, Announcement? Announcement);
