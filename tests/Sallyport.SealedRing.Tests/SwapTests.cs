using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

/// <summary>Somebody who can write to the device moves pages about: a page is good in its own place, of its own ring, only.</summary>
public sealed class SwapTests
{
    private const int Size = RingGeometry.BlockSize;
    private static readonly RingGeometry Geometry = new(64, 5);

    [Fact]
    public void Two_pages_that_were_exchanged_are_gaps()
    {
        byte[] image = Filled();
        Exchange(image, Geometry.RingStart, Geometry.RingStart + 1);
        List<SealedPage> pages = Drain(image);
        Assert.Equal(["p2", "p3", "p4", "p5"], pages.DataRecords().Select(record => record.Text[..2]));
        Assert.True(pages.Gaps().Cover(0) && pages.Gaps().Cover(1));
    }

    [Fact]
    public void A_page_moved_with_a_header_that_names_its_new_place_is_a_gap() => MoveWithChangedPlace(new RingDesign());

    [Fact]
    public void A_page_of_another_ring_with_the_same_key_file_is_no_page()
    {
        byte[] image = Filled();
        Filled().AsSpan((int)Geometry.RingStart * Size, Size).CopyTo(image.AsSpan((int)Geometry.RingStart * Size));
        Assert.DoesNotContain("p0", Drain(image).DataRecords().Select(record => record.Text[..2]));
    }

    [Fact]
    public void The_header_of_one_page_before_the_body_of_another_is_no_page()
    {
        byte[] image = Filled();
        int first = (int)Geometry.RingStart * Size;
        image.AsSpan(first + Size, PageHeader.Size).CopyTo(image.AsSpan(first));
        Assert.Equal(["p1", "p2", "p3", "p4", "p5"], Drain(image).DataRecords().Select(record => record.Text[..2]));
    }

    [Fact]
    public void A_snapshot_put_into_the_ring_is_no_page()
    {
        byte[] image = Filled();
        int tail = (int)Geometry.TailBlock(1) * Size;
        Assert.True(PageHeader.TryRead(image.AsSpan(tail), out _));
        image.AsSpan(tail, Size).CopyTo(image.AsSpan((int)(Geometry.RingStart + 20) * Size));
        Assert.Equal(6, Drain(image).DataRecords().Count());
    }

    internal static void MoveWithChangedPlace(RingDesign design)
    {
        byte[] image = Filled(design);
        int from = (int)Geometry.RingStart * Size;
        const int Places = 10;
        Span<byte> moved = image.AsSpan(from + (Places * Size), Size);
        image.AsSpan(from, Size).CopyTo(moved);
        BinaryPrimitives.WriteInt64BigEndian(moved[112..], Places);
        WriteChecksum(moved);
        image.AsSpan(from, Size).Clear();

        Assert.DoesNotContain("p0", Drain(image, design).DataRecords().Select(record => record.Text[..2]));
    }

    private static void WriteChecksum(Span<byte> header)
    {
        uint sum = uint.MaxValue;
        for (int at = 0; at < PageHeader.Size; at += 4)
        {
            sum = BitOperations.Crc32C(sum, at == 92 ? 0 : MemoryMarshal.Read<uint>(header[at..]));
        }

        BinaryPrimitives.WriteUInt32BigEndian(header[92..], ~sum);
        Assert.True(PageHeader.TryRead(header, out _));
    }

    private static byte[] Filled(RingDesign? design = null)
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * Size]);
        using TestRing ring = TestRing.Open(device, TestRing.Options with { Compression = 0 }, design);
        for (int page = 0; page < 6; page++)
        {
            ring.Append($"p{page}{new string('x', 2500)}");
            Assert.True(ring.Commit());
        }

        Assert.True(ring.End());
        return device.Image();
    }

    private static List<SealedPage> Drain(byte[] image, RingDesign? design = null)
    {
        using TestRing ring = TestRing.Open(RecordingDevice.Of(image), TestRing.Options with { Compression = 0 }, design);
        return ring.Drain();
    }

    private static void Exchange(byte[] image, long block, long other)
    {
        byte[] kept = image[(int)(block * Size)..(int)((block + 1) * Size)];
        image.AsSpan((int)(other * Size), Size).CopyTo(image.AsSpan((int)(block * Size)));
        kept.CopyTo(image.AsSpan((int)(other * Size)));
    }
}
