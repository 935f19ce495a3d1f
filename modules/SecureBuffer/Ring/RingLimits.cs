namespace Sallyport.SecureBuffer.Ring;

/// <summary>How much a ring may hold.</summary>
/// <param name="CapacityInBytes">All pages together, the open one included. At least four pages.</param>
/// <param name="PageInBytes">Size of a batch body at which its page is full. A single larger record has a page of its own.</param>
internal sealed record RingLimits(int CapacityInBytes, int PageInBytes);
