using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>A changed bit, wherever it is, changes no record: the page is gone and a gap says so, or it is as it was.</summary>
public sealed class BitFlipTests(ITestOutputHelper output)
{
    private const int Size = RingGeometry.BlockSize;
    private static readonly RingGeometry Geometry = new(64, 5);

    [Theory]
    [InlineData(nameof(PageKind.Ring))]
    [InlineData(nameof(PageKind.Snapshot))]
    [InlineData(nameof(PageKind.State))]
    public async Task Every_single_bit_of_a_page_that_is_flipped_makes_it_no_page(string name)
    {
        PageKind kind = Enum.Parse<PageKind>(name);
        (byte[] image, UInt128 buffer) = Worked();
        int at = (int)BlockOf(kind, image) * Size;
        Assert.True(PageHeader.TryRead(image.AsSpan(at), out PageHeader header));
        RecordingDevice device = RecordingDevice.Of(image);
        using var reader = new PageReader(device, Geometry, await KeysOfAsync(image, buffer));
        Assert.True(reader.TryRead(at / Size, kind, out _, out _));

        int bits = (PageHeader.Size + header.Length + PageCipher.TagSize) * 8;
        byte[] flipped = new byte[1];
        for (int bit = 0; bit < bits; bit++)
        {
            int place = at + (bit / 8);
            flipped[0] = (byte)(image[place] ^ (1 << (bit % 8)));
            Assert.True(device.TryWrite(place, flipped, out _));
            Assert.False(reader.TryRead(at / Size, kind, out _, out _), $"bit {bit}");
            flipped[0] = image[place];
            Assert.True(device.TryWrite(place, flipped, out _));
            device.Log.Clear();
        }
    }

    [Fact]
    public void Every_bit_of_every_header_and_state_that_is_flipped_leaves_a_ring_that_tells_what_is_gone()
    {
        (byte[] image, _) = Worked();
        RingOracle oracle = OracleOf(image);
        RecordingDevice device = RecordingDevice.Of(image);
        for (int block = 0; block < 64; block++)
        {
            if (!PageHeader.TryRead(image.AsSpan(block * Size), out PageHeader header))
            {
                continue;
            }

            int bytes = header.Kind == PageKind.State ? PageHeader.Size + header.Length + PageCipher.TagSize : PageHeader.Size;
            for (int bit = 0; bit < bytes * 8; bit++)
            {
                Judge(device, image, oracle, (block * Size * 8) + bit, mayLoseDurable: true);
            }
        }
    }

    [Fact]
    public void Twenty_thousand_bits_anywhere_leave_a_ring_that_tells_what_is_gone()
    {
        (byte[] image, _) = Worked();
        RingOracle oracle = OracleOf(image);
        RecordingDevice device = RecordingDevice.Of(image);
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        var dice = new Dice(seed);
        for (int flip = 0; flip < 20_000; flip++)
        {
            // The static blocks have a test of their own: what they lose is the key.
            Judge(device, image, oracle, dice.Next(RingGeometry.StaticBlocks * Size * 8, image.Length * 8), mayLoseDurable: true);
        }
    }

    [Fact]
    public void A_bit_of_one_static_block_that_is_flipped_loses_nothing()
    {
        (byte[] image, _) = Worked();
        RingOracle oracle = OracleOf(image);
        RecordingDevice device = RecordingDevice.Of(image);
        for (int bit = 0; bit < Size * 8; bit += 3)
        {
            Judge(device, image, oracle, bit, mayLoseDurable: false);
        }
    }

    private static void Judge(RecordingDevice device, byte[] image, RingOracle oracle, int bit, bool mayLoseDurable)
    {
        device.Reset(image, bit);
        try
        {
            oracle.Judge(device, TestRing.Options, mayLoseDurable);
        }
        catch (Xunit.Sdk.XunitException wrong)
        {
            throw new Xunit.Sdk.XunitException($"bit {bit} in block {bit / 8 / Size}, byte {bit / 8 % Size}: {wrong.Message}", wrong);
        }
    }

    // A few pages, one of them open at the end.
    private static (byte[] Image, UInt128 Buffer) Worked()
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * Size]);
        using TestRing ring = TestRing.Open(device);
        for (int at = 0; at < 12; at++)
        {
            ring.Append($"r{at}");
            ring.Append(new string((char)('a' + at), 900));
            Assert.True(ring.Commit());
            if (at % 3 == 2 && at < 11)
            {
                ring.Ring.Seal(TestRing.Noon);
            }
        }

        return (device.Image(), ring.Ring.Buffer);
    }

    private static RingOracle OracleOf(byte[] image)
    {
        using TestRing ring = TestRing.Open(RecordingDevice.Of(image));
        Dictionary<long, string> records = ring.Drain().DataRecords().ToDictionary(record => record.Seq, record => record.Text);
        Assert.Equal(24, records.Count);
        return new RingOracle([.. records.Keys], [], records, 23, []);
    }

    private static long BlockOf(PageKind kind, byte[] image) => Enumerable.Range(0, 64).First(block =>
        PageHeader.TryRead(image.AsSpan(block * Size), out PageHeader header) && header.Kind == kind);

    private static async Task<RingKeys> KeysOfAsync(byte[] image, UInt128 buffer)
    {
        Assert.True(StaticBlock.TryRead(image, out StaticBlock? block));
        KeyUnwrapping unwrapping = await TestRing.Wrapper.UnwrapAsync(block.Slots[0], buffer, TestContext.Current.CancellationToken);
        return new RingKeys(Assert.IsType<KeyUnwrapping.Unwrapped>(unwrapping).Key, buffer, new RingDesign());
    }
}
