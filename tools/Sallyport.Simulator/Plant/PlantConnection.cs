using System.Buffers.Binary;
using System.Net.Sockets;

namespace Sallyport.Simulator.Plant;

/// <summary>One client of the plant. Owns the socket; answers requests in the order in which they come.</summary>
internal sealed class PlantConnection(Socket socket, PlantMemory memory, PlantBehaviour behaviour, TimeProvider time, long plantStart)
{
    private const int ProtocolOffset = 2;
    private const int MostPduBytes = 253;

    private readonly byte[] _request = new byte[PlantReply.HeaderLength + MostPduBytes];

    /// <summary>Serves until the client goes or breaks the protocol, or the plant dies or cuts it off.</summary>
    /// <param name="answered">Called after each answer is on the wire.</param>
    /// <param name="cancellationToken">Cuts the connection.</param>
    public async Task RunAsync(Action answered, CancellationToken cancellationToken)
    {
        using var owned = socket;
        socket.NoDelay = true;
        using var stream = new NetworkStream(socket, ownsSocket: false);
        while (await stream.ReadAtLeastAsync(
            _request.AsMemory(0, PlantReply.HeaderLength), PlantReply.HeaderLength, throwOnEndOfStream: false, cancellationToken)
            == PlantReply.HeaderLength)
        {
            var pduLength = BinaryPrimitives.ReadUInt16BigEndian(_request.AsSpan(PlantReply.LengthOffset)) - 1;
            if (BinaryPrimitives.ReadUInt16BigEndian(_request.AsSpan(ProtocolOffset)) != 0 || pduLength is < 1 or > MostPduBytes)
            {
                return;
            }

            await stream.ReadExactlyAsync(_request.AsMemory(PlantReply.HeaderLength, pduLength), cancellationToken);
            var manners = behaviour.Next(_request[PlantReply.UnitOffset]);
            if (manners.Rudeness is PlantRudeness.NoReply)
            {
                continue;
            }

            if (!await AnswerAsync(stream, manners, pduLength, cancellationToken))
            {
                return;
            }

            answered();
        }
    }

    /// <summary>Cuts the client off. May come at any time.</summary>
    public void Cut() => socket.Dispose();

    /// <returns>False when the connection is over.</returns>
    private async Task<bool> AnswerAsync(NetworkStream stream, PlantManners manners, int pduLength, CancellationToken cancellationToken)
    {
        if (manners.Wait > TimeSpan.Zero)
        {
            await Task.Delay(manners.Wait, time, cancellationToken);
            if (HasClientGone())
            {
                // The system would take the bytes all the same, and the ledger would list what nobody can have received.
                return false;
            }
        }

        var answer = Answer(manners, pduLength);
        var bytes = PlantReply.Of(_request, answer.Pdu, manners.Rudeness);
        if (manners.Rudeness is PlantRudeness.HalfReply)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
            return false;
        }

        var step = manners.Rudeness is PlantRudeness.OneByteAtATime ? 1 : bytes.Length;
        for (var sent = 0; sent < bytes.Length; sent += step)
        {
            await stream.WriteAsync(bytes.AsMemory(sent, step), cancellationToken);
        }

        if (manners.IsHonest)
        {
            memory.Ledger.Enter(answer.Drawn);
        }

        return true;
    }

    private PlantAnswer Answer(PlantManners manners, int pduLength)
    {
        var pdu = _request.AsSpan(PlantReply.HeaderLength, pduLength);
        return manners.Exception is { } exception
            ? PlantMemory.Refusal(pdu[0], exception)
            : memory.Answer(_request[PlantReply.UnitOffset], pdu, time.GetElapsedTime(plantStart));
    }

    private bool HasClientGone() => socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;
}
