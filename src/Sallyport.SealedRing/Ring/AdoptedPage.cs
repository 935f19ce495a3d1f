namespace Sallyport.SealedRing;

/// <summary>A page that was still open.</summary>
/// <param name="Content">What its records are.</param>
/// <param name="Mark">Their highest mark.</param>
/// <param name="FirstSeq">Number of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="OpenedWallMs">When the first came.</param>
/// <param name="Body">Closed.</param>
internal sealed record AdoptedPage(byte Content, byte Mark, long FirstSeq, int Count, long OpenedWallMs, ReadOnlyMemory<byte> Body);
