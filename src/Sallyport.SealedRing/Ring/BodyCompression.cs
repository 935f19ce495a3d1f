using System.IO.Compression;

namespace Sallyport.SealedRing;

/// <summary>Brotli (RFC 7932) on whole bodies, with a guess of what it will gain, so that records that do not compress cost next to nothing. Not safe for several threads.</summary>
internal sealed class BodyCompression(int quality)
{
    // 64 KiB: as far back as a page of the usual size reaches.
    private const int Window = 16;
    private const double NoGain = 0.95;
    private const int PagesBetweenHopes = 16;

    private byte[] _scratch = [];
    private double _ratio = quality == 0 ? 1 : 0.5;
    private int _pagesWithoutHope;

    /// <summary>Whether a body may fit into so many bytes; when it looks close the answer comes from trying it.</summary>
    public bool Fits(ReadOnlySpan<byte> body, int capacity)
    {
        const double SurelyFits = 0.9;
        if (body.Length <= capacity)
        {
            return true;
        }

        if (!IsWorthTrying)
        {
            return false;
        }

        return body.Length * _ratio < capacity * SurelyFits || (TryCompress(body, out ReadOnlySpan<byte> compressed) && compressed.Length <= capacity);
    }

    /// <summary>Compresses. The result lives until the next call; false if it would not be smaller.</summary>
    public bool TryCompress(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> compressed)
    {
        compressed = [];
        if (!IsWorthTrying)
        {
            return false;
        }

        if (_scratch.Length < body.Length)
        {
            _scratch = new byte[body.Length * 2];
        }

        bool isSmaller = BrotliEncoder.TryCompress(body, _scratch.AsSpan(0, body.Length), out int written, quality, Window);
        _ratio = isSmaller ? (double)written / body.Length : 1;
        compressed = isSmaller ? _scratch.AsSpan(0, written) : [];
        return isSmaller;
    }

    /// <summary>A page was closed: after some that did not compress, one is tried again.</summary>
    public void NextPage()
    {
        if (_ratio > NoGain && quality > 0 && ++_pagesWithoutHope >= PagesBetweenHopes)
        {
            _pagesWithoutHope = 0;
            _ratio = NoGain;
        }
    }

    private bool IsWorthTrying => quality > 0 && _ratio <= NoGain;
}
