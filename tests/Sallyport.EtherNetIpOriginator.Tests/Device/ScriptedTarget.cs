using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>A device that registers sessions, says who it is, has no connections, and answers everything else as it is told: byte for byte.</summary>
internal sealed class ScriptedTarget : IAsyncDisposable
{
    private const int HeaderSize = 24;
    private const int MessageOffset = 40;
    private const int MaxMessage = 504;
    private static readonly byte[] Identity = [1, 0, 14, 0, 7, 0, 30, 1, 0x60, 0x30, 1, 2, 3, 4, 3, (byte)'P', (byte)'L', (byte)'C'];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _life = new();
    private readonly Func<byte[], byte[]> _answer;
    private readonly Task _serving;

    /// <summary>Listens.</summary>
    /// <param name="answer">Gets a message of the message router and gives the reply.</param>
    public ScriptedTarget(Func<byte[], byte[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await _serving;
        _listener.Dispose();
        _life.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_life.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        byte[] header = new byte[HeaderSize];
        while (await stream.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, _life.Token) == HeaderSize)
        {
            byte[] body = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(2))];
            await stream.ReadExactlyAsync(body, _life.Token);
            byte[] frame = Reply(header, body);
            await stream.WriteAsync(frame, _life.Token);
        }
    }

    private byte[] Reply(byte[] header, byte[] body)
    {
        byte[] answer = header[0] switch
        {
            0x65 => [1, 0, 0, 0],
            0x63 => [0, 0],
            0x6F => [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0xB2, 0, .. Sized(Message(body[(MessageOffset - HeaderSize)..]))],
            _ => [],
        };
        byte[] frame = [.. header, .. answer];
        frame[4] = 9;
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2), (ushort)answer.Length);
        return frame;
    }

    private byte[] Message(byte[] message) => message[0] switch
    {
        0x01 => [0x81, 0, 0, 0, .. Identity],
        0x54 or 0x5B => [(byte)(message[0] | 0x80), 0, 8, 0],
        _ => _answer(message),
    };

    private static byte[] Sized(byte[] message)
    {
        Assert.True(message.Length <= MaxMessage);
        return [(byte)message.Length, (byte)(message.Length >> 8), .. message];
    }
}
