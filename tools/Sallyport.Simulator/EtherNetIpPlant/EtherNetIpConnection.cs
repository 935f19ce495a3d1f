using System.Net.Sockets;
using Sallyport.Simulator.EtherNetIpPlant.Encapsulation;
using Sallyport.Simulator.EtherNetIpPlant.Messages;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>One client of an EtherNet/IP plant. Owns the socket; answers frames in the order in which they come.</summary>
internal sealed class EtherNetIpConnection(
    Socket socket, EtherNetIpDevice device, EncapsulationSession session, EtherNetIpBehaviour behaviour, PlantLedger ledger, TimeProvider time, long plantStart)
{
    private const int ContextOffset = 12;
    private const int LengthOffset = 2;

    private readonly byte[] _request = new byte[ReplyWriter.Capacity];
    private readonly byte[] _before = new byte[ReplyWriter.Capacity];
    private int _beforeLength;

    /// <summary>Serves until the client goes or falls silent, or the plant dies or cuts it off.</summary>
    /// <param name="answered">Called after each answer is on the wire.</param>
    /// <param name="cancellationToken">Cuts the connection.</param>
    public async Task RunAsync(Action answered, CancellationToken cancellationToken)
    {
        using var owned = socket;
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await using var inactivity = time.CreateTimer(
            static socket => ((Socket)socket!).Dispose(), socket, device.Traits.InactivityTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            while (await ServeNextAsync(stream, answered, cancellationToken))
            {
                inactivity.Change(device.Traits.InactivityTimeout, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            if (!device.Traits.KeepsConnectionsOfLostClients)
            {
                session.Lose();
            }
        }
    }

    /// <returns>False when the connection is over.</returns>
    private async ValueTask<bool> ServeNextAsync(NetworkStream stream, Action answered, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(
            _request.AsMemory(0, EncapsulationHeader.Size), EncapsulationHeader.Size, throwOnEndOfStream: false, cancellationToken);
        if (read < EncapsulationHeader.Size)
        {
            return false;
        }

        var header = EncapsulationHeader.Read(_request);
        await stream.ReadExactlyAsync(_request.AsMemory(EncapsulationHeader.Size, header.Length), cancellationToken);
        var isMessage = header.Command is EncapsulationCommand.SendRRData or EncapsulationCommand.SendUnitData;
        var manners = isMessage ? behaviour.Next() : EtherNetIpManners.Good;
        if (manners.Rudeness is EtherNetIpRudeness.NoReply)
        {
            return true;
        }

        if (manners.Delay > TimeSpan.Zero)
        {
            await Task.Delay(manners.Delay, time, cancellationToken);
            if (HasClientGone())
            {
                // The system would take the bytes all the same, and the ledger would list what nobody can have received.
                return false;
            }
        }

        session.Exchange.At = time.GetElapsedTime(plantStart);
        switch (session.Answer(header, _request.AsSpan(EncapsulationHeader.Size, header.Length), manners))
        {
            case SessionOutcome.Close:
                return false;
            case SessionOutcome.Silence:
                return true;
            default:
                return await SendAsync(stream, manners, answered, cancellationToken);
        }
    }

    private async ValueTask<bool> SendAsync(NetworkStream stream, EtherNetIpManners manners, Action answered, CancellationToken cancellationToken)
    {
        var bytes = Spoiled(manners.Rudeness);
        if (manners.Rudeness is EtherNetIpRudeness.HalfReply or EtherNetIpRudeness.Reset)
        {
            await stream.WriteAsync(bytes[..(bytes.Length / 2)], cancellationToken);
            if (manners.Rudeness is EtherNetIpRudeness.Reset)
            {
                socket.LingerState = new(enable: true, seconds: 0);
            }

            return false;
        }

        var step = manners.Rudeness is EtherNetIpRudeness.OneByteAtATime ? 1 : bytes.Length;
        for (var sent = 0; sent < bytes.Length; sent += step)
        {
            await stream.WriteAsync(bytes.Slice(sent, step), cancellationToken);
        }

        if (manners.IsHonest && session.Exchange.Drawn.Count > 0)
        {
            ledger.Enter(session.Exchange.Drawn);
            session.Connection?.LastDrawn.Clear();
        }

        answered();
        return true;
    }

    private ReadOnlyMemory<byte> Spoiled(EtherNetIpRudeness rudeness)
    {
        var reply = session.Exchange.Reply;
        if (rudeness is EtherNetIpRudeness.WrongContext || (rudeness is EtherNetIpRudeness.WrongSequence && session.Connection is null))
        {
            reply.Bytes[ContextOffset] ^= byte.MaxValue;
        }
        else if (rudeness is EtherNetIpRudeness.WrongLength)
        {
            reply.PatchUInt16(LengthOffset, reply.Position - EncapsulationHeader.Size + 2);
        }
        else if (rudeness is EtherNetIpRudeness.StaleReply)
        {
            return _before.AsMemory(0, _beforeLength);
        }

        reply.Bytes.CopyTo(_before);
        _beforeLength = reply.Position;
        return reply.Written;
    }

    private bool HasClientGone() => socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;
}
