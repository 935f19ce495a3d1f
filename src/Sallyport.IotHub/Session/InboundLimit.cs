using MQTTnet.Exceptions;

namespace Sallyport.IotHub.Session;

/// <summary>Follows the packet borders in the bytes that a broker sends, and refuses a packet above the limit as soon as its length is known.</summary>
/// <remarks>MQTTnet allocates a packet's whole length before it reads on, and MQTT allows 256 MiB: a broker must not be able to claim our
/// memory with five bytes. Feed it every byte, in order, in any pieces; not for two threads at a time.</remarks>
/// <param name="maxLength">The longest allowed remaining length of a packet, in bytes.</param>
internal sealed class InboundLimit(int maxLength)
{
    private const int MaxLengthBytes = 4;

    private Part _part = Part.Type;
    private int _length;
    private int _lengthBytes;

    private enum Part
    {
        Type,
        Length,
        Body,
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="MqttProtocolViolationException">A packet is longer than allowed, or its length is not one.</exception>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_part == Part.Body)
            {
                int taken = Math.Min(_length, bytes.Length);
                bytes = bytes[taken..];
                _length -= taken;
                _part = _length == 0 ? Part.Type : Part.Body;
            }
            else
            {
                ObserveHeader(bytes[0]);
                bytes = bytes[1..];
            }
        }
    }

    private void ObserveHeader(byte value)
    {
        if (_part == Part.Type)
        {
            (_part, _length, _lengthBytes) = (Part.Length, 0, 0);
            return;
        }

        if (_lengthBytes == MaxLengthBytes)
        {
            throw new MqttProtocolViolationException("A packet's length has more than four bytes.");
        }

        _length |= (value & 0x7F) << (7 * _lengthBytes++);
        if (_length > maxLength)
        {
            throw new MqttProtocolViolationException($"A packet is longer than {maxLength} bytes.");
        }

        if ((value & 0x80) == 0)
        {
            _part = _length == 0 ? Part.Type : Part.Body;
        }
    }
}
