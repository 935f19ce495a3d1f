namespace Sallyport.Benchmarks.Ring;

/// <summary>The job that all stores do: a queue of records of one size in so many bytes, the oldest deleted, one commit for a batch.</summary>
internal abstract class BoundedQueue : IDisposable
{
    /// <summary>Bytes of records that are kept.</summary>
    public const int Capacity = 2 * 1024 * 1024;

    public abstract void Append(ReadOnlySpan<byte> record);

    /// <summary>Ends a batch; durable if the store was opened so.</summary>
    public abstract void Commit();

    public abstract void Dispose();
}
