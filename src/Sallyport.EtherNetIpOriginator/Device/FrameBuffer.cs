using Sallyport.EtherNetIp.Encapsulation;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What has come over a socket and was not taken yet. Grows to the longest frame that is announced, at most <see cref="EncapsulationFrame.MaxSize"/>.</summary>
internal sealed class FrameBuffer
{
    private const int FirstSize = 8 * 1024;
    private byte[] _bytes = new byte[FirstSize];
    private int _from;
    private int _filled;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            MakeRoom();
            return _bytes.AsMemory(_filled);
        }
    }

    /// <summary>So many bytes have come.</summary>
    public void Received(int count) => _filled += count;

    /// <summary>Reads the frame at the beginning.</summary>
    public FrameArrival Peek(out EncapsulationHeader header, out ReadOnlySpan<byte> body) =>
        EncapsulationFrame.Read(_bytes.AsSpan(_from.._filled), out header, out body);

    /// <summary>The frame at the beginning is done with.</summary>
    public void Take(int size)
    {
        _from += size;
        if (_from == _filled)
        {
            (_from, _filled) = (0, 0);
        }
    }

    private void MakeRoom()
    {
        if (_from > 0)
        {
            _bytes.AsSpan(_from.._filled).CopyTo(_bytes);
            (_from, _filled) = (0, _filled - _from);
        }

        if (_filled == _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(_bytes.Length * 2, EncapsulationFrame.MaxSize));
        }
    }
}
