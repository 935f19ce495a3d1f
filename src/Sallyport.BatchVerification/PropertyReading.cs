using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>Reads properties one by one and remembers the first fault. Each value has one spelling: the one that is written.</summary>
internal sealed class PropertyReading(IReadOnlyDictionary<string, string> properties)
{
    private const int IdentityDigits = 32;
    private const int LongestLane = 16;
    private const long MostEpoch = 1L << 62;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> SmallLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    /// <summary>What is wrong; empty if nothing is.</summary>
    public string Fault { get; private set; } = "";

    public void Schema() => Require(Text(MessageProperties.Schema) is BatchBody.Schema, MessageProperties.Schema);

    public (UInt128 Buffer, string Lane) Buffer()
    {
        string text = Text(MessageProperties.Buffer);
        string lane = text.Length > IdentityDigits ? text[(IdentityDigits + 1)..] : "";
        bool isSound = lane.Length is > 0 and <= LongestLane && text[IdentityDigits] == '-' && !lane.AsSpan().ContainsAnyExcept(SmallLetters);
        UInt128 buffer = 0;
        Require(isSound && TryReadIdentity(text.AsSpan(0, IdentityDigits), out buffer), MessageProperties.Buffer);
        return (buffer, lane);
    }

    public Epoch Epoch()
    {
        string[] parts = Text(MessageProperties.Epoch).Split(':', 4);
        long number = 0;
        UInt128 id = 0;
        long firstPage = 0;
        Require(
            parts.Length == 3 && TryReadNumber(parts[0], 1, out number) && number < MostEpoch && TryReadIdentity(parts[1], out id) && TryReadNumber(parts[2], 0, out firstPage),
            MessageProperties.Epoch);
        return new Epoch(number, id, firstPage);
    }

    public UInt128 Identity(string name)
    {
        Require(TryReadIdentity(Text(name), out UInt128 identity), name);
        return identity;
    }

    public long Number(string name, long least, long most)
    {
        Require(TryReadNumber(Text(name), least, out long number) && number <= most, name);
        return number;
    }

    public ImmutableArray<byte> Mac(string name)
    {
        string text = Text(name);
        bool isSound = text.Length == 2 * BatchFields.MacSize && !text.AsSpan().ContainsAnyExcept(HexDigits);
        Require(isSound, name);
        return isSound ? [.. Convert.FromHexString(text)] : [];
    }

    public byte Content()
    {
        bool isKnown = MessageType.TryParse(Text(MessageProperties.MessageType), out MessageType? type);
        Require(isKnown, MessageProperties.MessageType);
        return type is null ? (byte)0 : BatchNumbers.ContentOf(type);
    }

    public byte Mark()
    {
        if (!properties.TryGetValue(MessageProperties.Quality, out string? text))
        {
            return BatchNumbers.MarkOf(null);
        }

        Quality[] meant = [.. Enum.GetValues<Quality>().Where(quality => string.Equals(quality.ToString(), text, StringComparison.Ordinal))];
        Require(meant.Length == 1, MessageProperties.Quality);
        return meant.Length == 1 ? BatchNumbers.MarkOf(meant[0]) : (byte)0;
    }

    public PageTraits Flags() =>
        FlagOf(MessageProperties.Gap, PageTraits.Gap)
        | FlagOf(MessageProperties.Recovered, PageTraits.Recovered)
        | FlagOf(MessageProperties.ClockStepped, PageTraits.ClockStepped);

    private PageTraits FlagOf(string name, PageTraits flag) => IsTrue(name) ? flag : PageTraits.None;

    private bool IsTrue(string name)
    {
        bool isThere = properties.TryGetValue(name, out string? text);
        Require(!isThere || text is BatchProperties.True, name);
        return isThere;
    }

    private string Text(string name) => properties.GetValueOrDefault(name, "");

    private void Require(bool condition, string name)
    {
        if (!condition && Fault.Length == 0)
        {
            Fault = properties.ContainsKey(name) ? $"the property {name} has not the form that it may have" : $"the property {name} is missing";
        }
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, long least, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && (text.Length == 1 || text[0] != '0');

    private static bool TryReadIdentity(ReadOnlySpan<char> text, out UInt128 identity)
    {
        identity = 0;
        return text.Length == IdentityDigits && !text.ContainsAnyExcept(HexDigits)
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out identity);
    }
}
