using System.Buffers.Binary;

namespace Sallyport.Telemetry;

/// <summary>Makes ids that sort by the time they were made: 26 characters of Crockford's base 32.</summary>
/// <remarks>The layout of a ULID (github.com/ulid/spec): 48 bits of milliseconds since 1970, 80 random bits.</remarks>
public static class SessionId
{
    /// <summary>Characters in an id.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int TimeInBytes = 6;
    private const int SizeInBytes = 16;
    private const int BitsPerCharacter = 5;

    /// <summary>Makes one.</summary>
    /// <param name="time">Where the first ten characters come from.</param>
    /// <param name="fillRandom">Fills a span with random bytes, for example <c>RandomNumberGenerator.Fill</c>.</param>
    public static string New(TimeProvider time, Action<Span<byte>> fillRandom)
    {
        Span<byte> bytes = stackalloc byte[SizeInBytes];
        Span<byte> milliseconds = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, time.GetUtcNow().ToUnixTimeMilliseconds());
        milliseconds[^TimeInBytes..].CopyTo(bytes);
        fillRandom(bytes[TimeInBytes..]);

        UInt128 rest = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> text = stackalloc char[Length];
        for (var at = Length - 1; at >= 0; at--)
        {
            text[at] = Alphabet[(int)(rest & 31)];
            rest >>= BitsPerCharacter;
        }

        return new string(text);
    }
}
