namespace Sallyport.EtherNetIp.Types;

/// <summary>How one element is read.</summary>
/// <param name="Type">Its type; what a reply has must be the same.</param>
/// <param name="Bit">Which bit of it is meant, or <see cref="NoBit"/>.</param>
/// <param name="Encoding">What the bytes of a text mean.</param>
public readonly record struct ElementFormat(CipDataType Type, int Bit = ElementFormat.NoBit, TextEncoding Encoding = TextEncoding.Latin1)
{
    /// <summary>The whole of it is meant.</summary>
    public const int NoBit = -1;
}
