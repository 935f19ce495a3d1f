namespace Sallyport.BatchVerification;

/// <summary>What the checkpoint of a batch is worth.</summary>
public enum CheckpointVerdict
{
    /// <summary>The batch has none; most have none.</summary>
    Absent,

    /// <summary>It has one, and there is no key to check it with.</summary>
    Unchecked,

    /// <summary>The device signed this batch.</summary>
    Good,

    /// <summary>The device did not sign this batch, or somebody changed the signature.</summary>
    Bad,
}
