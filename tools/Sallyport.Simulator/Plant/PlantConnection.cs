using System.Buffers.Binary;
using System.Net.Sockets;

namespace Sallyport.Simulator.Plant;

/// <summary>One client of the plant. Owns the socket; answers requests in the order in which they come.</summary>
/// <remarks>MODBUS Messaging on TCP/IP Implementation Guide V1.0b, section 3.1.3: transaction id, protocol id 0, length, unit id.</remarks>
internal sealed class PlantConnection(Socket socket, PlantMemory memory, Func<PlantManners> manners, TimeProvider time, long plantStart)
    : IDisposable
{
    private const int HeaderLength = 7;
    private const int ProtocolOffset = 2;
    private const int LengthOffset = 4;
    private const int UnitOffset = 6;
    private const int MostPduBytes = 253;

    private readonly byte[] _request = new byte[HeaderLength + MostPduBytes];

    /// <summary>Serves until the client goes, breaks the protocol, or the plant dies.</summary>
    /// <param name="answered">Called after each answer is on the wire.</param>
    /// <param name="cancellationToken">Cuts the connection.</param>
    public async Task RunAsync(Action answered, CancellationToken cancellationToken)
    {
        socket.NoDelay = true;
        using var stream = new NetworkStream(socket, ownsSocket: false);
        while (await stream.ReadAtLeastAsync(_request.AsMemory(0, HeaderLength), HeaderLength, throwOnEndOfStream: false, cancellationToken)
            == HeaderLength)
        {
            var pduLength = BinaryPrimitives.ReadUInt16BigEndian(_request.AsSpan(LengthOffset)) - 1;
            if (BinaryPrimitives.ReadUInt16BigEndian(_request.AsSpan(ProtocolOffset)) != 0 || pduLength is < 1 or > MostPduBytes)
            {
                return;
            }

            await stream.ReadExactlyAsync(_request.AsMemory(HeaderLength, pduLength), cancellationToken);
            await AnswerAsync(stream, pduLength, cancellationToken);
            answered();
        }
    }

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();

    private async Task AnswerAsync(NetworkStream stream, int pduLength, CancellationToken cancellationToken)
    {
        var behaviour = manners();
        if (behaviour.Delay > TimeSpan.Zero)
        {
            await Task.Delay(behaviour.Delay, time, cancellationToken);
        }

        var answer = memory.Answer(_request[UnitOffset], _request.AsSpan(HeaderLength, pduLength), time.GetElapsedTime(plantStart));
        var bytes = new byte[HeaderLength + answer.Pdu.Length];
        var transaction = BinaryPrimitives.ReadUInt16BigEndian(_request);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(behaviour.WrongTransactionId ? transaction + 1 : transaction));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(LengthOffset), (ushort)(answer.Pdu.Length + 1));
        bytes[UnitOffset] = _request[UnitOffset];
        answer.Pdu.CopyTo(bytes, HeaderLength);

        var step = behaviour.OneByteAtATime ? 1 : bytes.Length;
        for (var sent = 0; sent < bytes.Length; sent += step)
        {
            await stream.WriteAsync(bytes.AsMemory(sent, step), cancellationToken);
        }

        memory.Ledger.Enter(answer.Drawn);
    }
}
