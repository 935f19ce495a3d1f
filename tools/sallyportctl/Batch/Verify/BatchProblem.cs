namespace Sallyport.Ctl.Batch.Verify;

/// <summary>Something that keeps a recording from being proven.</summary>
/// <param name="Message">The message that it is about; null if it is about what is not there.</param>
/// <param name="Kind">One word.</param>
/// <param name="Ring">Identity of the ring; empty if nobody can say.</param>
/// <param name="What">For people.</param>
internal sealed record BatchProblem(RecordedMessage? Message, string Kind, string Ring, string What);
