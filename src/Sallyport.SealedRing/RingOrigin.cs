namespace Sallyport.SealedRing;

/// <summary>Where a ring that was opened came from.</summary>
public enum RingOrigin
{
    /// <summary>It was there.</summary>
    Existing,

    /// <summary>There was none.</summary>
    Created,

    /// <summary>There was one, but its key is lost for good, or both copies of its static block are: a new one took its place.</summary>
    KeyLost,
}
