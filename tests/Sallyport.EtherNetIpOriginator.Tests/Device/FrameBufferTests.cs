using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>Frames out of a stream.</summary>
public sealed class FrameBufferTests
{
    [Fact]
    public void Two_frames_are_found_wherever_the_stream_is_cut()
    {
        byte[] stream = [.. Frame(5), .. Frame(9)];
        for (int first = 0; first <= stream.Length; first++)
        {
            for (int second = first; second <= stream.Length; second++)
            {
                var buffer = new FrameBuffer();
                List<int> found = [];
                foreach (byte[] part in (byte[][])[stream[..first], stream[first..second], stream[second..]])
                {
                    part.CopyTo(buffer.Free);
                    buffer.Received(part.Length);
                    Take(buffer, found);
                }

                Assert.Equal([5, 9], found);
            }
        }
    }

    [Fact]
    public void The_longest_frame_has_room_and_nothing_more_is_kept()
    {
        byte[] frame = Frame(EncapsulationHeader.MaxLength);
        var buffer = new FrameBuffer();
        List<int> found = [];
        for (int at = 0; at < frame.Length;)
        {
            Memory<byte> free = buffer.Free;
            Assert.False(free.IsEmpty);
            int count = Math.Min(free.Length, frame.Length - at);
            frame.AsMemory(at, count).CopyTo(free);
            buffer.Received(count);
            at += count;
            Take(buffer, found);
        }

        Assert.Equal([EncapsulationHeader.MaxLength], found);
    }

    [Fact]
    public void What_is_no_frame_is_broken()
    {
        var buffer = new FrameBuffer();
        Enumerable.Repeat((byte)0xEE, EncapsulationHeader.Size).ToArray().CopyTo(buffer.Free);
        buffer.Received(EncapsulationHeader.Size);
        Assert.Equal(FrameArrival.Broken, buffer.Peek(out _, out _));
    }

    private static void Take(FrameBuffer buffer, List<int> found)
    {
        while (buffer.Peek(out EncapsulationHeader header, out ReadOnlySpan<byte> body) is FrameArrival.Complete)
        {
            found.Add(body.Length);
            Assert.True(body.IsEmpty || (body[0] == 1 && body[^1] == (byte)body.Length));
            buffer.Take(EncapsulationHeader.Size + header.Length);
        }
    }

    private static byte[] Frame(int length)
    {
        byte[] frame = new byte[EncapsulationHeader.Size + length];
        new EncapsulationHeader(EncapsulationCommand.SendRRData, (ushort)length, 1, EncapsulationStatus.Success, 2).Write(frame);
        frame[EncapsulationHeader.Size] = 1;
        frame[^1] = (byte)length;
        return frame;
    }
}
