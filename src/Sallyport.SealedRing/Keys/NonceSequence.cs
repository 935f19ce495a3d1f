using System.Runtime.InteropServices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Keys;

/// <summary>Nonces for one key: the counter goes up before each use, failed writes included. Not safe for several threads.</summary>
internal sealed class NonceSequence(Action<Span<byte>> fillRandom)
{
    private const int DrawnAtOnce = 64;

    private readonly uint[] _random = new uint[DrawnAtOnce];
    private int _left;
    private ulong _counter;

    /// <summary>How many were drawn.</summary>
    public long Drawn => (long)_counter;

    public Nonce Next()
    {
        if (_left == 0)
        {
            fillRandom(MemoryMarshal.AsBytes(_random.AsSpan()));
            _left = DrawnAtOnce;
        }

        return new Nonce(++_counter, _random[--_left]);
    }
}
