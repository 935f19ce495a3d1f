using CsCheck;
using MQTTnet.Exceptions;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Tests.Mqtt;

public sealed class PacketSizeGuardTests
{
    [Fact]
    public void Packets_up_to_the_limit_pass_however_they_are_cut()
    {
        byte[] bytes = [.. Packet(0), .. Packet(127), .. Packet(128), .. Packet(PacketSizeGuard.MaxPacketSize - 4), .. Packet(3)];
        Gen.Int[1, 5000].Sample(
            step =>
            {
                var guard = new PacketSizeGuard();
                for (int start = 0; start < bytes.Length; start += step)
                {
                    guard.Follow(bytes.AsSpan(start, int.Min(step, bytes.Length - start)));
                }
            },
            iter: 20);
    }

    [Fact]
    public void A_larger_packet_is_refused_by_its_header_alone()
    {
        byte[] header = Packet(PacketSizeGuard.MaxPacketSize - 3)[..4];
        var guard = new PacketSizeGuard();
        guard.Follow(header.AsSpan(0, 3));

        Assert.Throws<MqttProtocolViolationException>(() => guard.Follow(header.AsSpan(3)));
    }

    [Fact]
    public void A_length_of_more_than_four_bytes_is_refused() =>
        Assert.Throws<MqttProtocolViolationException>(() => new PacketSizeGuard().Follow([0x30, 0x80, 0x80, 0x80, 0x80]));

    private static byte[] Packet(int bodyLength)
    {
        var packet = new List<byte> { 0x30 };
        int rest = bodyLength;
        do
        {
            packet.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
            rest >>= 7;
        }
        while (rest > 0);

        packet.AddRange(new byte[bodyLength]);
        return [.. packet];
    }
}
