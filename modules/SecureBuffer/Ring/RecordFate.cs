namespace Sallyport.SecureBuffer.Ring;

/// <summary>What became of a record.</summary>
internal enum RecordFate
{
    /// <summary>It waits for its delivery, or for the proof of it.</summary>
    Waiting,

    /// <summary>Its delivery is proven.</summary>
    Delivered,

    /// <summary>It was evicted or given up on the way.</summary>
    Lost,
}
