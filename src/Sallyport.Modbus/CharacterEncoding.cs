namespace Sallyport.Modbus;

/// <summary>What the bytes of a text mean.</summary>
public enum CharacterEncoding
{
    /// <summary>Seven bits; a byte of 128 or more is no character.</summary>
    Ascii,

    /// <summary>ISO 8859-1; every byte is a character.</summary>
    Latin1,

    /// <summary>UTF-8; not every sequence of bytes is text.</summary>
    Utf8,
}
