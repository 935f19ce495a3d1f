namespace Sallyport.BatchVerification;

/// <summary>What is known of numbers that did not arrive, best first.</summary>
public enum MissingKind
{
    /// <summary>A gap record of the ring counts them as lost.</summary>
    Lost,

    /// <summary>A gap record covers them without counting them, and nothing shows that they were ever used: numbers that were skipped after an unclean end.</summary>
    Skipped,

    /// <summary>
    /// A gap record covers them without counting them, but they were used: the numbers of gap records that were evicted themselves, or a batch that somebody took away
    /// where the ring had lost others around it.
    /// </summary>
    Doubtful,

    /// <summary>No gap record speaks of them.</summary>
    Unexplained,
}
