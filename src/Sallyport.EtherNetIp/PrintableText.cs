using System.Text;

namespace Sallyport.EtherNetIp;

/// <summary>Names that a device sends: they go into logs, messages and terminals, so what would control those is replaced.</summary>
internal static class PrintableText
{
    private const char Replacement = '?';

    /// <summary>Latin-1, with a question mark for each control character.</summary>
    public static string Of(ReadOnlySpan<byte> characters) => string.Create(characters.Length, characters, static (text, bytes) =>
    {
        Encoding.Latin1.GetChars(bytes, text);
        foreach (ref char one in text)
        {
            one = char.IsControl(one) ? Replacement : one;
        }
    });
}
