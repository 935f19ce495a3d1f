using Sallyport.EtherNetIp.CommonPacketFormat;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>Counts what our parsers find in captured frames.</summary>
internal sealed class CaptureCounts
{
    public SortedDictionary<string, int> CommandsToServer { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> CommandsFromServer { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Responses { get; } = new(StringComparer.Ordinal);

    public int Undecoded { get; private set; }

    public int RefusedByGuard { get; private set; }

    public void Add(bool isToServer, in EncapsulationHeader header, ReadOnlySpan<byte> body)
    {
        Count(isToServer ? CommandsToServer : CommandsFromServer, $"0x{(int)header.Command:x4}");
        if (header.Command is EncapsulationCommand.SendUnitData or EncapsulationCommand.SendRRData)
        {
            bool isRead = header.Command is EncapsulationCommand.SendUnitData
                ? CipPacket.TryReadConnected(body, out CipPacket packet)
                : CipPacket.TryReadUnconnected(body, out packet);
            if (isRead && isToServer)
            {
                RefusedByGuard += ReadServiceGuard.Allows(packet.Message) ? 0 : 1;
                Request(packet.Message);
            }
            else if (isRead)
            {
                Response(packet.Message);
            }
            else
            {
                Undecoded++;
            }
        }
    }

    private void Request(ReadOnlySpan<byte> message)
    {
        if (!MessageRouterRequest.TryRead(message, out MessageRouterRequest request))
        {
            Undecoded++;
            return;
        }

        Count(Requests, $"0x{request.Service:x2}");
        var segments = new PathSegments(request.Path);
        bool isToConnectionManager = segments.TryRead(out PathSegment first) && first is { Type: SegmentType.Class, Value: 0x06 };
        while (segments.TryRead(out _))
        {
            // Every path must be one.
        }

        Undecoded += segments.IsBroken ? 1 : 0;
        switch ((CipService)request.Service)
        {
            case CipService.MultipleServicePacket when MessageTable.TryRead(request.Data, out MessageTable inside):
                for (int i = 0; i < inside.Count; i++)
                {
                    Request(inside[i]);
                }

                break;
            case CipService.UnconnectedSend when isToConnectionManager && PassedOnMessage.TryRead(request.Data, out PassedOnMessage passedOn):
                Request(passedOn.Message);
                break;
            case CipService.MultipleServicePacket:
                Undecoded++;
                break;
        }
    }

    private void Response(ReadOnlySpan<byte> message)
    {
        if (!MessageRouterReply.TryRead(message, out MessageRouterReply reply))
        {
            Undecoded++;
            return;
        }

        Count(Responses, $"0x{reply.ServiceNumber:x2}");
        if (reply.Service is not CipService.MultipleServicePacket || reply.Status.General is not (0 or 0x1E))
        {
            return;
        }

        if (!MessageTable.TryRead(reply.Data, out MessageTable inside))
        {
            Undecoded++;
            return;
        }

        for (int i = 0; i < inside.Count; i++)
        {
            Response(inside[i]);
        }
    }

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
