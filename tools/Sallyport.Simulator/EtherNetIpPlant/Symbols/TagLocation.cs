namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Where a path leads.</summary>
/// <param name="Memory">Memory of the tag.</param>
/// <param name="Type">Type of one element.</param>
/// <param name="Offset">First byte of the first element.</param>
/// <param name="Elements">How many elements lie from there to the end of the array; 1 without an array.</param>
/// <param name="Bit">Bit of the byte that holds a BOOL member; null for everything else.</param>
internal readonly record struct TagLocation(TagMemory Memory, TagType Type, int Offset, int Elements, int? Bit);
