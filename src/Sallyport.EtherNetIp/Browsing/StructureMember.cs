namespace Sallyport.EtherNetIp.Browsing;

/// <summary>A member of a structure.</summary>
/// <param name="Name">Its name; empty for padding.</param>
/// <param name="Type">Its type.</param>
/// <param name="Info">How many elements the array has; of a BOOL, which bit of its byte it is.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
public sealed record StructureMember(string Name, SymbolType Type, ushort Info, int Offset)
{
    /// <summary>Whether it only holds the bits of others, or fills a gap.</summary>
    public bool IsHidden => Name.Length == 0 || Name.StartsWith("ZZZZZZZZZZ", StringComparison.Ordinal) || Name.StartsWith("__", StringComparison.Ordinal);

    /// <summary>How many elements it has; 0 if it is no array.</summary>
    public int Elements => Type.Dimensions > 0 ? Info : 0;
}
