namespace Sallyport.EtherNetIp.Types;

/// <summary>What the bytes of a text mean. No bytes are refused: a controller does not look at what is put into a string.</summary>
public enum TextEncoding
{
    /// <summary>ISO 8859-1; every byte is a character.</summary>
    Latin1,

    /// <summary>Windows-1252: as Latin-1, with printable characters from 0x80 to 0x9F.</summary>
    Windows1252,

    /// <summary>UTF-8; what is not text becomes U+FFFD.</summary>
    Utf8,
}
