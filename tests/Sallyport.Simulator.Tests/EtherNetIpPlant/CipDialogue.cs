using System.Net;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.EtherNetIpPlant.Encapsulation;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

/// <summary>A client of a device without sockets that deals in hexadecimal text.</summary>
internal sealed class CipDialogue(EtherNetIpDevice device, uint handle = 0x11)
{
    private readonly EncapsulationSession _session = new(device, new(IPAddress.Parse("127.1.2.5"), EtherNetIpPlantServer.Port), handle);
    private readonly CipExchange _exchange = new() { SessionHandle = handle, At = TimeSpan.FromSeconds(90) };

    /// <summary>Bytes of text in which blanks mean nothing.</summary>
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A symbol segment.</summary>
    public static string Name(string name) =>
        $"91{name.Length:X2}{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(name))}{(name.Length % 2 == 0 ? "" : "00")}";

    /// <summary>A request: service, path with its length, data.</summary>
    public static string Request(byte service, string path, string data)
    {
        var bytes = Bytes(path);
        return $"{service:X2}{bytes.Length / 2:X2}{Convert.ToHexString(bytes)}{data}";
    }

    /// <summary>Read Tag of one element, or of more.</summary>
    public static string Read(string path, int count = 1) => Request(0x4C, path, $"{count & 0xFF:X2}{count >> 8:X2}");

    /// <summary>Read Tag Fragmented.</summary>
    public static string Fragment(string path, int count, int offset) =>
        Request(0x52, path, $"{count & 0xFF:X2}{count >> 8:X2}{LittleEndian((uint)offset)}");

    /// <summary>Four bytes, the lowest first.</summary>
    public static string LittleEndian(uint value) => $"{value & 0xFF:X2}{(value >> 8) & 0xFF:X2}{(value >> 16) & 0xFF:X2}{value >> 24:X2}";

    /// <summary>Several requests in one.</summary>
    public static string Packet(params string[] requests)
    {
        var bytes = requests.Select(Bytes).ToArray();
        var offset = 2 + (2 * bytes.Length);
        var list = new List<byte> { (byte)bytes.Length, (byte)(bytes.Length >> 8) };
        foreach (var request in bytes)
        {
            list.AddRange([(byte)offset, (byte)(offset >> 8)]);
            offset += request.Length;
        }

        return Request(0x0A, "2002 2401", Convert.ToHexString([.. list, .. bytes.SelectMany(request => request)]));
    }

    /// <summary>The reply of the device to a message.</summary>
    /// <param name="message">Service, path, data.</param>
    /// <param name="room">Most bytes of the reply.</param>
    public byte[] Ask(string message, int room = 504)
    {
        _exchange.Drawn.Clear();
        (_exchange.Reply.Position, _exchange.Reply.End) = (0, room);
        device.Answer(Bytes(message), _exchange);
        Assert.InRange(_exchange.Reply.Position, 4, room);
        return _exchange.Reply.Written.ToArray();
    }

    /// <summary>The reply as text.</summary>
    public string AskText(string message, int room = 504) => Convert.ToHexString(Ask(message, room));

    /// <summary>The reply to a whole frame; null for silence, or for the end of the connection.</summary>
    public byte[]? Send(string frame, EtherNetIpManners? manners = null)
    {
        var bytes = Bytes(frame);
        var header = EncapsulationHeader.Read(bytes);
        Assert.Equal(bytes.Length - EncapsulationHeader.Size, header.Length);
        return _session.Answer(header, bytes.AsSpan(EncapsulationHeader.Size), manners ?? EtherNetIpManners.Good) is SessionOutcome.Reply
            ? _session.Exchange.Reply.Written.ToArray()
            : null;
    }

    /// <summary>Registers the session.</summary>
    public CipDialogue Register()
    {
        Assert.NotNull(Send("6500 0400 00000000 00000000 0000000000000000 00000000 0100 0000"));
        return this;
    }

    /// <summary>Sends a message without a connection; the CIP reply, or null.</summary>
    public string? Unconnected(string message, EtherNetIpManners? manners = null) =>
        Send(Frame(0x6F, $"0000 0000 {Word(Bytes(message).Length, "B200")} {message}", items: 2), manners) is { } reply ? Convert.ToHexString(reply.AsSpan(40)) : null;

    /// <summary>Sends a message on a connection; sequence count and CIP reply, or null.</summary>
    public string? Connected(string connectionId, ushort sequence, string message, EtherNetIpManners? manners = null) =>
        Send(Frame(0x70, $"A100 0400 {connectionId} {Word(Bytes(message).Length + 2, "B100")} {Swapped(sequence)} {message}", items: 2), manners) is { } reply
            ? Convert.ToHexString(reply.AsSpan(44))
            : null;

    /// <summary>A Forward Open, or Large Forward Open, that asks for one size in both directions.</summary>
    public static string ForwardOpen(bool isLarge, int size, string path = "2002 2401", ushort serial = 0x0001, byte multiplier = 3, byte transport = 0xA3)
    {
        var parameters = isLarge ? $"{Swapped((ushort)size)}0042" : Swapped((ushort)(0x4200 | size));
        return Request(
            (byte)(isLarge ? 0x5B : 0x54),
            "2006 2401",
            $"0A0E 00000000 78563412 {Swapped(serial)} 3713 EFBEADDE {multiplier:X2}000000 80841E00 {parameters} 80841E00 {parameters} {transport:X2}"
            + $"{Bytes(path).Length / 2:X2} {path}");
    }

    /// <summary>Opens a connection; its identifier as it stands in requests.</summary>
    public string Open(bool isLarge, int size, ushort serial = 1, string path = "2002 2401", byte multiplier = 3)
    {
        var reply = Unconnected(ForwardOpen(isLarge, size, path, serial, multiplier))!;
        Assert.Equal("00000000"[..6], reply[2..8]);
        return reply[8..16];
    }

    private static string Swapped(ushort value) => $"{value & 0xFF:X2}{value >> 8:X2}";

    private static string Word(int length, string type) => $"{type} {Swapped((ushort)length)}";

    private string Frame(byte command, string body, int items)
    {
        var bytes = Bytes($"00000000 0000 {Swapped((ushort)items)} {body}");
        return $"{command:X2}00 {Swapped((ushort)bytes.Length)} {Swapped((ushort)handle)}0000 00000000 0102030405060708 00000000 {Convert.ToHexString(bytes)}";
    }
}
