using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>The bytes in docs/formats/sealed-ring.md are those that the code writes and reads. <c>SALLYPORT_UPDATE_DOCS=1</c> writes them anew.</summary>
public sealed partial class FormatDocumentTests
{
    private const int LineSize = 32;

    private static readonly UInt128 Buffer = Hexadecimal("00112233445566778899aabbccddeeff");
    private static readonly UInt128 EpochId = Hexadecimal("101112131415161718191a1b1c1d1e1f");
    private static readonly UInt128 KeyId = Hexadecimal("202122232425262728292a2b2c2d2e2f");
    private static readonly Gap Evicted = new(LossReason.Evicted, 100, 149, 50);
    private static readonly Gap Unclean = new(LossReason.Unclean, 200, 1199, 0);

    private static long Noon => TestRing.Noon.Wall.ToUnixTimeMilliseconds();

    [Fact]
    public void The_static_block_is_as_documented()
    {
        var block = new StaticBlock(
            Buffer, new RingGeometry(512, 5), 1, Noon, IsWiping: false, [new KeySlot(KeySlotKind.File, [.. Enumerable.Range(1, 60).Select(value => (byte)value)])]);
        using SecretKey key = RingKeys.StaticOf(Root(), Buffer);
        byte[] written = new byte[RingGeometry.BlockSize];
        block.Write(key, written);

        byte[] documented = Documented("static-block", written);

        Assert.Equal(documented, written);
        Assert.True(StaticBlock.TryRead(documented, out StaticBlock? read));
        Assert.Equal(block.Slots[0].Wrapped, read.Slots[0].Wrapped);
        Assert.Equal(block, read with { Slots = block.Slots });
        Assert.True(StaticBlock.IsAuthentic(key, documented));
    }

    [Fact]
    public async Task The_slot_of_the_device_key_is_as_documented()
    {
        ECParameters key = new() { Curve = ECCurve.NamedCurves.nistP256, D = [.. Enumerable.Range(1, 32).Select(value => (byte)value)] };
        using var agreement = new TestKeys.MemoryAgreement(key);
        var device = new DeviceKeyWrapper(agreement);
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await device.WrapAsync(Root(), Buffer, TestContext.Current.CancellationToken)).Slot;

        // Each wrapping is another: what counts is that the documented one opens.
        slot = slot with { Wrapped = [.. Documented("device-key-slot", [.. slot.Wrapped])] };

        Assert.Equal(122, slot.Wrapped.Length);
        using SecretKey read = Assert.IsType<KeyUnwrapping.Unwrapped>(await device.UnwrapAsync(slot, Buffer, TestContext.Current.CancellationToken)).Key;
        Assert.True(read.IsSameAs(Root()));
    }

    [Fact]
    public void A_page_is_as_documented()
    {
        byte[] body = Encoding.ASCII.GetBytes("[{gap Evicted 100 149 50}]");
        PageInterior interior = new()
        {
            PreviousMac = [.. Enumerable.Repeat((byte)0x30, 32)],
            Mac = [.. Enumerable.Repeat((byte)0x31, 32)],
            KeyId = KeyId,
            Epoch = new Epoch(6, EpochId + 1, 40),
            OpenedWallMs = Noon,
            SealedWallMs = Noon + 1500,
            OldestSeq = 150,
            BodyLength = body.Length,
            Gaps = [Evicted],
            Pending = [Unclean],
            PendingUncounted = 3,
            Told = [Evicted],
        };
        byte[] content = new byte[interior.Size + body.Length];
        interior.Write(content);
        body.CopyTo(content, interior.Size);
        PageHeader header = new()
        {
            Kind = PageKind.Ring,
            Content = 2,
            Flags = PageTraits.Gap,
            Mark = 1,
            Length = content.Length,
            Buffer = Buffer,
            EpochId = EpochId,
            EpochNumber = 7,
            Page = 42,
            FirstSeq = 1234,
            Count = 1,
            Nonce = new Nonce(9, 0xcafe0001),
            Lost = 50,
            OldestPage = 38,
            Position = 600,
            PreviousPage = 41,
        };
        using var keys = new RingKeys(Root(), Buffer, new RingDesign());
        using PageCipher cipher = keys.Pages(7, EpochId);
        byte[] page = new byte[RingGeometry.BlockSize];
        content.CopyTo(page, PageHeader.Size);
        cipher.Seal(header, page);

        byte[] documentedContent = Documented("page-content", content);
        byte[] documented = Documented("page", page);

        Assert.Equal(documentedContent, content);
        Assert.Equal(documented, page);
        Assert.True(PageHeader.TryRead(documented, out PageHeader read));
        Assert.Equal(header, read);
        byte[] opened = new byte[read.Length];
        Assert.True(cipher.TryOpen(read, documented, opened));
        Assert.Equal(documentedContent, opened);
    }

    [Fact]
    public void A_state_is_as_documented()
    {
        var state = new RingState
        {
            IsClean = true,
            SeqReserved = 66_770,
            PageReserved = 4_139,
            NextSeq = 1_235,
            NextPage = 43,
            OldestPage = 38,
            OldestSeq = 150,
            HeadPosition = 601,
            Lost = 50,
            LastMac = [.. Enumerable.Repeat((byte)0x31, 32)],
            KeyId = KeyId,
            RootEpoch = 8,
            Announcement = [],
            Pending = [Unclean],
            PendingUncounted = 3,
            Told = [Evicted],
        };
        using SecretKey root = SecretKey.Create(bytes => bytes.Fill(0x42));
        byte[] written = new byte[state.Size];
        state.Write(root, written);

        byte[] documented = Documented("state-content", written);

        Assert.Equal(documented, written);
        Assert.True(RingState.TryRead(documented, out (RingState State, SecretKey NextChainRoot) read));
        Assert.True(read.NextChainRoot.IsSameAs(root));
        Assert.Equal(state with { LastMac = [], Announcement = [], Pending = [], Told = [] }, read.State with { LastMac = [], Announcement = [], Pending = [], Told = [] });
        Assert.Equal(state.LastMac, read.State.LastMac);
        Assert.Equal(state.Pending, read.State.Pending);
        Assert.Equal(state.Told, read.State.Told);
    }

    private static SecretKey Root() => SecretKey.Copy([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    private static UInt128 Hexadecimal(string digits) => UInt128.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static byte[] Documented(string name, byte[] written)
    {
        string path = RepositoryRoot.Combine("docs", "formats", "sealed-ring.md");
        string text = File.ReadAllText(path);
        Match block = Example().Matches(text).Single(match => string.Equals(match.Groups["name"].Value, name, StringComparison.Ordinal));
        if (string.Equals(Environment.GetEnvironmentVariable("SALLYPORT_UPDATE_DOCS"), "1", StringComparison.Ordinal))
        {
            Group lines = block.Groups["lines"];
            File.WriteAllText(path, string.Concat(text.AsSpan(0, lines.Index), Lines(written), text.AsSpan(lines.Index + lines.Length)));
            return written;
        }

        byte[] documented = new byte[written.Length];
        foreach (string line in block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            Convert.FromHexString(line[(space + 1)..].Replace(" ", "", StringComparison.Ordinal))
                .CopyTo(documented, int.Parse(line[..space], CultureInfo.InvariantCulture));
        }

        return documented;
    }

    private static string Lines(byte[] bytes)
    {
        var lines = new StringBuilder();
        for (int at = 0; at < bytes.Length; at += LineSize)
        {
            ReadOnlySpan<byte> line = bytes.AsSpan(at, Math.Min(LineSize, bytes.Length - at));
            if (line.ContainsAnyExcept((byte)0))
            {
                lines.Append(CultureInfo.InvariantCulture, $"{at:0000}");
                foreach (byte[] part in line.ToArray().Chunk(8))
                {
                    lines.Append(' ').Append(Convert.ToHexStringLower(part));
                }

                lines.Append('\n');
            }
        }

        return lines.ToString();
    }

    [GeneratedRegex("^```hex (?<name>[a-z-]+)\n(?<lines>[^`]*)```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
