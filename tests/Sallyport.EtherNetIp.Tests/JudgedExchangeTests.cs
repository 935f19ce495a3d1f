using System.Buffers.Binary;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Requests;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>What an independent dissector makes of our frames and of replies to them.</summary>
public sealed class JudgedExchangeTests
{
    private static readonly ConnectionParameters Parameters = new()
    {
        ConnectionId = 0x5A17C0DE,
        ConnectionSerialNumber = 0x6655,
        OriginatorVendor = 0x1234,
        OriginatorSerialNumber = 0xCCBBAA99,
        Size = 4000,
        Route = Route("1,0"),
        Key = new ElectronicKey { Vendor = 1, DeviceType = 14, ProductCode = 90, Major = 32, Minor = 11, RevisionMatch = RevisionMatch.Exact },
    };

    [Fact(Timeout = 60_000)]
    public async Task A_dissector_finds_requests_that_read_each_with_its_reply_and_nothing_malformed()
    {
        Peer.Require("tshark");
        string file = Path.Combine(Path.GetTempPath(), $"sallyport-eip-{Guid.NewGuid():N}.pcap");
        try
        {
            var exchange = new Exchange();
            exchange.Register();
            Talk(exchange);
            await File.WriteAllBytesAsync(file, exchange.ToCapture(), TestContext.Current.CancellationToken);

            Assert.Empty(await FieldAsync(file, "_ws.malformed || _ws.expert.severity >= 6291456", "frame.number"));
            Assert.Equal(exchange.Count, (await FieldAsync(file, "enip", "frame.number")).Length);
            Assert.Equal(exchange.Count / 2, (await FieldAsync(file, "enip.response_to", "frame.number")).Length);
            Assert.NotEmpty(await FieldAsync(file, "enip.command == 0x70", "frame.number"));
            Assert.Empty(await FieldAsync(file, "enip.command == 0x70 && !enip.fwd_open_in", "frame.number"));
            Assert.Equal(
                ["0x01", "0x03", "0x0a", "0x0e", "0x4c", "0x4e", "0x52", "0x54", "0x55", "0x5b"],
                (await FieldAsync(file, "cip.rr == 0", "cip.sc")).Select(service => service.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));
            Assert.Empty(await FieldAsync(file, "cip.rr == 0 && cip.sc == 0x4e && !(cip.class == 0x06)", "frame.number"));
            Assert.Contains("100", await FieldAsync(file, "cip.msp.num_services", "cip.msp.num_services"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Talk(Exchange exchange)
    {
        exchange.Unconnected(CipRequest.GetAttributesAll(CipPath.Identity));
        exchange.Unconnected(CipRequest.UnconnectedSend(CipRequest.GetAttributesAll(CipPath.Identity), Route("1,3,2,10.0.0.5,1,0")));
        exchange.Unconnected(CipRequest.UnconnectedSend(CipRequest.GetAttributeSingle(CipPath.Attribute(1, 1, 7)), Route("1,0")));
        exchange.Unconnected(CipRequest.ForwardOpen(Parameters with { Size = 504, ConnectionId = 0x01020304, ConnectionSerialNumber = 1 }, isLarge: false));
        exchange.Unconnected(CipRequest.ForwardOpen(Parameters, isLarge: true));
        exchange.Connected(CipRequest.GetAttributeList(TemplateAttributes.PathOf(0x0FCE), TemplateAttributes.Attributes));
        exchange.Connected(CipRequest.ReadTemplate(0x0FCE, 0, 100));
        exchange.Connected(CipRequest.GetInstanceAttributeList("Main", 0, SymbolList.Attributes));
        ReadPlan plan = ReadPlanner.Plan(
            [
                .. Enumerable.Range(0, 100).Select(i => TagRead.Elementary(Tag($"Line{i}.Speed[{i},2]").ToPath(), 1, 4)),
                TagRead.Elementary(Tag("Big").ToInstancePath(77), 2000, 4),
                TagRead.Elementary(Tag("Alone").ToPath(), 900, 4),
            ],
            ReadChannel.Connected(4000),
            DeviceCapabilities.Logix);
        Assert.Equal([PlannedFrameKind.Fragment, PlannedFrameKind.Packet, PlannedFrameKind.Single], plan.Frames.Select(frame => frame.Kind));
        foreach (PlannedFrame frame in plan.Frames)
        {
            exchange.Planned(frame);
        }

        exchange.Unconnected(CipRequest.ForwardClose(Parameters));
    }

    private static RoutePath Route(string text) => ((RouteOutcome.Parsed)RoutePath.Parse(text)).Route;

    private static TagName Tag(string text) => ((TagNameOutcome.Parsed)TagName.Parse(text)).Name;

    private static async Task<string[]> FieldAsync(string file, string filter, string field)
    {
        string output = await PeerProcess.RunAsync("tshark", "-r", file, "-Y", filter, "-T", "fields", "-E", "separator=,", "-e", field);
        return output.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Frames to a controller and back, as a capture.</summary>
    private sealed class Exchange
    {
        private const uint Session = 0x10020100;
        private const uint ConnectionId = 0x11223344;
        private readonly Controller _controller = new() { MaxPart = 3600 };
        private readonly EthernetCapture _capture = new();
        private ushort _sequence;
        private ulong _context = 0x0102030405060708;

        public int Count => _capture.Count;

        public byte[] ToCapture() => _capture.ToArray();

        public void Register()
        {
            byte[] frame = new byte[RequestSerializer.RegisterSessionSize];
            RequestSerializer.WriteRegisterSession(frame);
            _capture.Add(isToServer: true, frame);
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Session);
            _capture.Add(isToServer: false, frame);
        }

        public void Unconnected(CipRequest request)
        {
            byte[] frame = new byte[RequestSerializer.UnconnectedOverhead + request.Size];
            RequestSerializer.WriteUnconnected(Session, ++_context, request, frame);
            AddWithReply(frame, RequestSerializer.UnconnectedOverhead);
        }

        public void Connected(CipRequest request)
        {
            byte[] frame = new byte[RequestSerializer.ConnectedOverhead + request.Size];
            _sequence = RequestSerializer.NextSequence(_sequence);
            RequestSerializer.WriteConnected(Session, ConnectionId, _sequence, request, frame);
            AddWithReply(frame, RequestSerializer.ConnectedOverhead);
        }

        public void Planned(PlannedFrame frame)
        {
            _sequence = RequestSerializer.NextSequence(_sequence);
            frame.StampConnected(Session, ConnectionId, _sequence);
            AddWithReply(frame.Bytes.ToArray(), RequestSerializer.ConnectedOverhead);
        }

        private void AddWithReply(byte[] frame, int overhead)
        {
            _capture.Add(isToServer: true, frame);
            byte[] answer = _controller.Answer(frame.AsSpan(overhead));
            byte[] reply = [.. frame.AsSpan(0, overhead), .. answer];
            BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(2), (ushort)(reply.Length - EncapsulationHeader.Size));
            bool isConnected = overhead == RequestSerializer.ConnectedOverhead;
            if (isConnected)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(36), Parameters.ConnectionId);
            }

            BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(isConnected ? 42 : 38), (ushort)(answer.Length + (isConnected ? 2 : 0)));
            _capture.Add(isToServer: false, reply);
        }
    }
}
