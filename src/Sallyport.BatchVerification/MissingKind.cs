namespace Sallyport.BatchVerification;

/// <summary>What is known of numbers that did not arrive, best first.</summary>
public enum MissingKind
{
    /// <summary>A gap record of the ring counts them as lost.</summary>
    Lost,

    /// <summary>The gap record of an unclean end covers them, and nothing shows that they were ever used.</summary>
    Skipped,

    /// <summary>
    /// A gap record covers them without counting them: the numbers of gap records that were evicted themselves, or a batch that somebody took away where the ring had
    /// lost others around it.
    /// </summary>
    Doubtful,

    /// <summary>No gap record speaks of them.</summary>
    Unexplained,
}
