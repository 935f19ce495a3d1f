using System.Buffers.Binary;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Frames of a serial line, as a device makes them.</summary>
internal static class RtuBytes
{
    /// <summary>The correct answer to a request for registers: each holds its own address.</summary>
    public static byte[] Correct(byte[] request)
    {
        int address = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(2));
        int quantity = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(4));
        byte[] body = new byte[3 + (quantity * 2)];
        (body[0], body[1], body[2]) = (request[0], request[1], (byte)(quantity * 2));
        for (int i = 0; i < quantity; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(3 + (i * 2)), (ushort)(address + i));
        }

        return WithCrc(body);
    }

    public static byte[] WithCrc(params byte[] body)
    {
        byte[] frame = [.. body, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(body.Length), RtuCrc.Of(body));
        return frame;
    }
}
