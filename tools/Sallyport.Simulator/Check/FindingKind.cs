namespace Sallyport.Simulator.Check;

/// <summary>What can be wrong with what arrived. Each fails the check.</summary>
internal enum FindingKind
{
    /// <summary>A message or record does not have the form that docs/formats lays down, or its numbers contradict each other.</summary>
    Malformed,

    /// <summary>The same message id came with another body.</summary>
    Altered,

    /// <summary>A batch whose seal is not its ring's, or that contradicts another of its ring.</summary>
    Forged,

    /// <summary>A proven batch that was there before, under another message id.</summary>
    Replayed,

    /// <summary>Records of proven batches that contradict their readers' numbers and times, or whose values the plant cannot have.</summary>
    Implausible,

    /// <summary>A value that the plant never gave out.</summary>
    Foreign,

    /// <summary>A record of the ring is missing and no gap record says so.</summary>
    MissingRecord,

    /// <summary>A frame of a reader is missing and no gap record says so.</summary>
    MissingFrame,

    /// <summary>A value that the plant gave out is missing, and neither a bad point nor a gap accounts for it.</summary>
    MissingValue,

    /// <summary>A page, frame or value came twice.</summary>
    Duplicate,

    /// <summary>A frame or value came after a later one.</summary>
    OutOfOrder,

    /// <summary>A reader asked a controller to change something.</summary>
    WriteRequest,
}
