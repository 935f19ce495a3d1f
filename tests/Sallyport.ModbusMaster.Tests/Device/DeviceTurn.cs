using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>One request that a scripted device got, and the ways to answer it.</summary>
/// <param name="Request">Twelve bytes, or eleven of a request for the identification.</param>
/// <param name="Connection">1 for the first connection.</param>
/// <param name="Stream">The way back.</param>
/// <param name="Stop">The end of the test.</param>
internal sealed record DeviceTurn(byte[] Request, int Connection, NetworkStream Stream, CancellationToken Stop)
{
    private const int HeaderInBytes = 7;

    public byte FunctionCode => Request[7];

    public int Quantity => BinaryPrimitives.ReadUInt16BigEndian(Request.AsSpan(10));

    public int Address => BinaryPrimitives.ReadUInt16BigEndian(Request.AsSpan(8));

    /// <summary>The correct answer: each register holds its own address.</summary>
    public byte[] Correct()
    {
        byte[] reply = new byte[HeaderInBytes + 2 + (Quantity * 2)];
        Request.AsSpan(0, HeaderInBytes + 1).CopyTo(reply);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(4), (ushort)(reply.Length - 6));
        reply[8] = (byte)(Quantity * 2);
        for (int i = 0; i < Quantity; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(9 + (i * 2)), (ushort)(Address + i));
        }

        return reply;
    }

    /// <summary>The correct answer to a frame of a serial line: each register holds its own address.</summary>
    public byte[] CorrectRtu() => RtuBytes.Correct(Request);

    /// <summary>The answer to a request for the identification: all there is in one part.</summary>
    public byte[] Identification(params string[] objects)
    {
        byte[] body = [0x2B, 0x0E, Request[9], 1, 0, 0, (byte)objects.Length, .. objects.SelectMany((text, id) => (byte[])[(byte)id, (byte)text.Length, .. Encoding.Latin1.GetBytes(text)])];
        return [.. Request[..4], 0, (byte)(body.Length + 1), Request[6], .. body];
    }

    public byte[] Exception(byte code) => [.. Request[..4], 0, 3, Request[6], (byte)(Request[7] | 0x80), code];

    /// <summary>The correct answer with one byte changed.</summary>
    public byte[] CorrectBut(int at, byte value)
    {
        byte[] reply = Correct();
        reply[at] = value;
        return reply;
    }

    public async Task SendAsync(byte[] bytes) => await Stream.WriteAsync(bytes, Stop);

    /// <summary>One byte per segment.</summary>
    public async Task SendOneByOneAsync(byte[] bytes)
    {
        Stream.Socket.NoDelay = true;
        foreach (byte one in bytes)
        {
            await Stream.WriteAsync(new[] { one }, Stop);
            await Stream.FlushAsync(Stop);
        }
    }

    public Task CloseAsync()
    {
        Stream.Close();
        return Task.CompletedTask;
    }

    /// <summary>Says nothing for the rest of the test.</summary>
    public Task StaySilentAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Stop);
}
