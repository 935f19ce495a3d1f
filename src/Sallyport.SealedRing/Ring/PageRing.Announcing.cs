using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>How the verifier comes to the chain's root.</summary>
public sealed partial class PageRing
{
    /// <summary>What hands the chain's root to the verifier, to be sent until it is acknowledged; null while there is no verifier.</summary>
    public Announcement? Announcement { get; private set; }

    /// <summary>The verifier has the announcement: the next commit makes that durable.</summary>
    /// <param name="keyId">Of the announcement that it has; one of an earlier key period does not matter.</param>
    public void AcknowledgeAnnouncement(UInt128 keyId)
    {
        if (Announcement is { IsAcknowledged: false } waiting && waiting.KeyId == keyId)
        {
            Announcement = waiting with { IsAcknowledged = true };
            _isStateDue = true;
        }
    }
}
