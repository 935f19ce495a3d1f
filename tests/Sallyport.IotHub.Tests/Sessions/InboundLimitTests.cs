using CsCheck;
using MQTTnet.Exceptions;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Tests.Sessions;

public sealed class InboundLimitTests
{
    [Theory]
    [InlineData("D0 00", "PINGRESP")]
    [InlineData("20 02 00 00", "CONNACK")]
    [InlineData("30 80 01 *128", "a body of 128 bytes")]
    [InlineData("30 E8 07 *1000", "a body of exactly the limit")]
    [InlineData("D0 00 D0 00 30 01 00 40 02 00 01", "several packets")]
    public void Packets_within_the_limit_pass_in_any_pieces(string packets, string because)
    {
        byte[] bytes = Bytes(packets);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var limit = new InboundLimit(1000);
            limit.Observe(bytes.AsSpan(0, cut));
            limit.Observe(bytes.AsSpan(cut));
        }

        Assert.NotEmpty(because);
    }

    [Theory]
    [InlineData("30 E9 07", "one byte more than the limit")]
    [InlineData("30 FF FF FF 7F", "256 MiB")]
    [InlineData("D0 00 30 FF FF FF 7F", "256 MiB behind a good packet")]
    [InlineData("30 80 80 80 80 01", "five bytes of length")]
    public void A_packet_above_the_limit_is_refused_as_soon_as_its_length_is_known(string packets, string because)
    {
        byte[] bytes = Bytes(packets);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var limit = new InboundLimit(1000);
            Assert.Throws<MqttProtocolViolationException>(() =>
            {
                limit.Observe(bytes.AsSpan(0, cut));
                limit.Observe(bytes.AsSpan(cut));
            });
        }

        Assert.NotEmpty(because);
    }

    [Fact]
    public void It_judges_any_bytes_alike_whole_and_byte_by_byte() => Gen.Byte.Array[0, 200].Sample(bytes =>
        Refuses(bytes, bytes.Length) == Refuses(bytes, 1));

    private static bool Refuses(byte[] bytes, int piece)
    {
        var limit = new InboundLimit(300);
        try
        {
            foreach (byte[] part in bytes.Chunk(Math.Max(1, piece)))
            {
                limit.Observe(part);
            }

            return false;
        }
        catch (MqttProtocolViolationException)
        {
            return true;
        }
    }

    private static byte[] Bytes(string text) =>
    [
        .. text.Split(' ').SelectMany(part => part[0] == '*'
            ? new byte[int.Parse(part.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)]
            : Convert.FromHexString(part)),
    ];
}
