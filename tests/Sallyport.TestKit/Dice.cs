using System.Globalization;
using System.Security.Cryptography;

namespace Sallyport.TestKit;

/// <summary>Chances that come again from the same seed (SplitMix64). A test that fails prints the seed; <c>SALLYPORT_SEED</c> takes it.</summary>
public sealed class Dice(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>A new seed, or the one that the environment asks for.</summary>
    public static int NewSeed() => Environment.GetEnvironmentVariable("SALLYPORT_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>From 0 to below <paramref name="end"/>; 0 if there is nothing between.</summary>
    public int Next(int end) => Next(0, end);

    /// <summary>From <paramref name="from"/> to below <paramref name="end"/>; <paramref name="from"/> if there is nothing between.</summary>
    public int Next(int from, int end) => end <= from ? from : from + (int)(Draw() % (ulong)(end - from));

    /// <summary>Fills with bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte one in bytes)
        {
            one = (byte)Draw();
        }
    }

    private ulong Draw()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
