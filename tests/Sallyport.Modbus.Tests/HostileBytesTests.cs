using CsCheck;

namespace Sallyport.Modbus.Tests;

/// <summary>Whatever a peer sends, the parsers bring a reply, patience or their one exception.</summary>
public sealed class HostileBytesTests
{
    private const int Inputs = 500_000;

    private static readonly ModbusRequest[] Requests =
    [
        new ReadRequest(ModbusTable.HoldingRegister, address: 107, quantity: 3),
        new ReadRequest(ModbusTable.Coil, address: 0, quantity: 2000),
        new IdentificationRequest(IdentificationLevel.Extended, firstObject: 0),
    ];

    private static readonly byte[][] HonestTcp = [Hex("00070000000911030602"), Hex("0007000000FD1101FA"), Hex("00070000001E112B0E0103FF0002000241")];

    private static readonly byte[][] HonestRtu = [Hex("110306022B0000"), Hex("1101FA0000"), Hex("112B0E0103FF00020002414201")];

    [Fact]
    public void A_million_inputs_bring_nothing_but_the_protocol_exception()
    {
        byte[] data = new byte[MbapHeader.MaxPduLength];
        Sample((which, hostile) => new ReadExchange(7, 17, Requests[which]).TryReadReply(hostile, data, out _, out _), HonestTcp);
        byte[] sent = new byte[ReadRequestSerializer.MaxRtuSize];
        Sample((which, hostile) =>
        {
            var exchange = new RtuExchange(17, Requests[which]);
            int length = ReadRequestSerializer.WriteRtu(17, Requests[which], sent);
            exchange.TryFindReply(sent.AsSpan(0, length), hostile, data, out _, out _);
            exchange.HasDamagedReply(sent.AsSpan(0, length), hostile);
        }, HonestRtu);
    }

    private static void Sample(Action<int, byte[]> parse, byte[][] honest) =>
        Gen.Select(Gen.Int[0, Requests.Length - 1], Gen.Int[0, 20], Gen.Byte.Array[0, 40]).Sample(
            (which, begin, tail) =>
            {
                byte[] head = honest[which];
                byte[] hostile = [.. head.AsSpan(0, Math.Min(begin, head.Length)), .. tail];
                try
                {
                    parse(which, hostile);
                }
                catch (ModbusProtocolException)
                {
                    // The one that is allowed.
                }
            },
            iter: Inputs,
            threads: 1);

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);
}
