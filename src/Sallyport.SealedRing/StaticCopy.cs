using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>A copy of the static block that could be read; nothing proves yet that the ring wrote it.</summary>
/// <param name="Block">What it says.</param>
/// <param name="Bytes">As it stands there.</param>
/// <param name="At">0 or 1: which of the two.</param>
internal sealed record StaticCopy(StaticBlock Block, ReadOnlyMemory<byte> Bytes, int At);
