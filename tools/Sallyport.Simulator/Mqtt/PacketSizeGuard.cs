using MQTTnet.Exceptions;

namespace Sallyport.Simulator.Mqtt;

/// <summary>Follows the bytes of one connection and refuses a packet that is too large by its header, before its body is read.</summary>
/// <remarks>MQTT 3.1.1, section 2.2.3: the remaining length is one to four bytes of seven bits, least significant first.</remarks>
internal sealed class PacketSizeGuard
{
    /// <summary>edgeHub's and IoT Hub's limit for a whole packet, in bytes.</summary>
    public const int MaxPacketSize = 262_144;

    private const int MaxLengthBytes = 4;

    private int _headerBytes;
    private int _length;
    private int _bodyBytesLeft;

    /// <summary>Takes note of bytes that came in.</summary>
    /// <exception cref="MqttProtocolViolationException">A packet is larger than <see cref="MaxPacketSize"/>, or its length is malformed.</exception>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_bodyBytesLeft > 0)
            {
                int skipped = int.Min(_bodyBytesLeft, bytes.Length);
                _bodyBytesLeft -= skipped;
                bytes = bytes[skipped..];
            }
            else
            {
                FollowHeader(bytes[0]);
                bytes = bytes[1..];
            }
        }
    }

    private void FollowHeader(byte value)
    {
        _headerBytes++;
        if (_headerBytes == 1)
        {
            return; // Packet type and flags.
        }

        _length += (value & 0x7F) << (7 * (_headerBytes - 2));
        bool hasMore = (value & 0x80) != 0;
        if (hasMore && _headerBytes <= MaxLengthBytes)
        {
            return;
        }

        int size = _headerBytes + _length;
        if (hasMore || size > MaxPacketSize)
        {
            throw new MqttProtocolViolationException($"The packet has {size} bytes or more, not at most {MaxPacketSize}.");
        }

        (_bodyBytesLeft, _headerBytes, _length) = (_length, 0, 0);
    }
}
