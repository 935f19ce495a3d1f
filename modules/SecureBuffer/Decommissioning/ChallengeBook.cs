using System.Security.Cryptography;
using System.Text;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>One challenge at a time: random, short enough to type, good once, for two minutes and three tries. Safe for several threads.</summary>
/// <param name="time">Its monotonic clock counts; who sets the wall clock gains nothing.</param>
/// <param name="fillRandom">Random bytes of the operating system, but for tests.</param>
internal sealed class ChallengeBook(TimeProvider time, Action<Span<byte>> fillRandom)
{
    /// <summary>How long a challenge is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(120);

    /// <summary>Wrong answers that use a challenge up.</summary>
    public const int MostTries = 3;

    // Crockford's base 32: 80 random bits, and no letter that is taken for a digit.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int Group = 4;

    private readonly Lock _lock = new();
    private byte[]? _open;
    private long _since;
    private int _tries;

    /// <summary>Makes a challenge; the one before is void.</summary>
    /// <returns>For example <c>7K2M-QX4D-0ZPA-R8TV</c>.</returns>
    public string Issue()
    {
        Span<byte> random = stackalloc byte[Length];
        fillRandom(random);
        byte[] letters = new byte[Length];
        for (var at = 0; at < Length; at++)
        {
            letters[at] = (byte)Alphabet[random[at] % Alphabet.Length];
        }

        lock (_lock)
        {
            (_open, _since, _tries) = (letters, time.GetTimestamp(), 0);
        }

        return string.Join('-', Encoding.ASCII.GetString(letters).Chunk(Group).Select(part => new string(part)));
    }

    /// <summary>Judges an answer; one that is right uses the challenge up.</summary>
    /// <param name="answer">As somebody typed it: dashes, blanks and small letters do not matter.</param>
    /// <param name="isNameRight">Whether the answer names this gateway.</param>
    public ChallengeVerdict Judge(string answer, bool isNameRight)
    {
        lock (_lock)
        {
            if (_open is not { } open)
            {
                return ChallengeVerdict.Absent;
            }

            if (time.GetElapsedTime(_since) > Life)
            {
                _open = null;
                return ChallengeVerdict.Expired;
            }

            var isRight = CryptographicOperations.FixedTimeEquals(Tidy(answer), open);
            if (isRight && isNameRight)
            {
                _open = null;
                return ChallengeVerdict.Right;
            }

            _open = ++_tries < MostTries ? open : null;
            return isRight ? ChallengeVerdict.WrongName : ChallengeVerdict.Wrong;
        }
    }

    private static byte[] Tidy(string answer) => Encoding.UTF8.GetBytes(
        answer.ToUpperInvariant()
            .Replace("-", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace('O', '0')
            .Replace('I', '1')
            .Replace('L', '1'));
}
