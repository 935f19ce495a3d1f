using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Placing;
using Sallyport.TestKit;
using static Sallyport.SealedRing.Tests.TestPlace;

namespace Sallyport.SealedRing.Tests;

/// <summary>Rings in real files.</summary>
public sealed class RingFolderTests : IDisposable
{
    private const int Bytes = DefaultBytes;

    private readonly string _folder = Directory.CreateTempSubdirectory("ring").FullName;

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private string RingPath => Path.Combine(_folder, "bulk.ring");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_ring_is_made_whole_for_its_owner_alone_and_found_again_with_its_records()
    {
        RingPlacement.Opened made = await OpenedAsync(RingPath);
        Append(made, "first");
        Close(made);

        Assert.Equal((RingMedium.File, Bytes, null), (made.Medium, made.Bytes, made.Advice));
        Assert.Equal(Bytes, new FileInfo(RingPath).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RingPath));
        Assert.Equal([RingPath], Directory.GetFiles(_folder));
        RingPlacement.Opened again = await OpenedAsync(RingPath, 2 * Bytes);
        Assert.Equal((RingOrigin.Existing, Bytes, 1L), (again.Opening.Origin, again.Bytes, again.Opening.Ring.Depth));
        Close(again);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_process_is_told_that_the_ring_is_in_use_and_one_that_ends_leaves_no_lock()
    {
        Close(await OpenedAsync(RingPath));
        using (var other = WriterProcess.Start("hold", RingPath))
        {
            Assert.Equal("held", await other.ReadLineAsync(Over));
            RingPlacement.InUse inUse = Assert.IsType<RingPlacement.InUse>(await OpenAsync(RingPath));
            Assert.Contains("give each a folder of its own", inUse.Advice, StringComparison.Ordinal);
            other.Kill();
            await other.WaitAsync(Over);
        }

        RingPlacement.Opened mine = await OpenedAsync(RingPath);
        using var second = WriterProcess.Start("place", RingPath);
        Assert.StartsWith("in use ", await second.ReadLineAsync(Over), StringComparison.Ordinal);
        Close(mine);
    }

    [Fact]
    public async Task What_an_interrupted_creation_left_is_no_ring_and_does_no_harm()
    {
        await File.WriteAllBytesAsync(RingPath + ".new", new byte[2 * Bytes], Over);
        RingPlacement.Opened made = await OpenedAsync(RingPath);
        Assert.Equal((RingOrigin.Created, Bytes), (made.Opening.Origin, new FileInfo(RingPath).Length));
        Assert.Equal([RingPath], Directory.GetFiles(_folder));
        Close(made);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    [InlineData(Bytes - 40_000)]
    public async Task A_file_that_was_cut_short_gets_its_length_back(int left)
    {
        RingPlacement.Opened made = await OpenedAsync(RingPath);
        Append(made, "first");
        Close(made);
        await using (FileStream file = File.OpenWrite(RingPath))
        {
            file.SetLength(left);
        }

        RingPlacement.Opened again = await OpenedAsync(RingPath);

        Assert.Equal(left == 0 ? RingOrigin.Created : RingOrigin.Existing, again.Opening.Origin);
        Assert.Equal(Bytes, new FileInfo(RingPath).Length);
        Append(again, "second");
        Close(again);
    }

    [Fact]
    public async Task A_ring_whose_key_is_lost_is_kept_aside_and_its_headers_say_what_it_held()
    {
        RingPlacement.Opened made = await OpenedAsync(RingPath);
        UInt128 buffer = made.Opening.Ring.Buffer;
        for (int at = 0; at < 20; at++)
        {
            Append(made, new string((char)('a' + at), 3000));
        }

        Close(made);
        byte[] before = await File.ReadAllBytesAsync(RingPath, Over);

        RingPlacement.Opened again = Assert.IsType<RingPlacement.Opened>(
            await new RingFolder(TestRing.Options, [TestKeys.NewDevice()], TimeProvider.System).OpenAsync(RingPath, Bytes, 5, Over));

        Assert.Equal(RingOrigin.KeyLost, again.Opening.Origin);
        Assert.Equal((buffer, 0L, 19L, RingPath + ".orphan"), (
            again.Opening.Orphan!.Buffer, again.Opening.Orphan.FirstSeq, again.Opening.Orphan.LastSeq, again.Opening.Orphan.KeptAs));
        Assert.True(again.Opening.Orphan.Pages > 1);
        Assert.Equal(before, await File.ReadAllBytesAsync(RingPath + ".orphan", Over));
        Assert.NotEqual(buffer, again.Opening.Ring.Buffer);
        Close(again);

        // With its key the old ring is as good as it was.
        RingPlacement.Opened orphan = await OpenedAsync(RingPath + ".orphan");
        Assert.Equal((RingOrigin.Existing, 20L), (orphan.Opening.Origin, orphan.Opening.Ring.Depth));
        Close(orphan);
    }

    [Fact]
    public async Task A_wipe_takes_the_file_away()
    {
        RingPlacement.Opened made = await OpenedAsync(RingPath);
        Append(made, "first");
        WipeReport report = Assert.IsType<WipeOutcome.Wiped>(NewFolder().Wipe(made)).Report;
        Assert.Equal((0L, 1L, (long)Bytes), (report.LastSeq, report.UnsentRecords, report.Bytes));
        Assert.False(File.Exists(RingPath));
    }

    [Fact]
    public async Task A_wipe_that_was_interrupted_is_finished_when_the_ring_is_opened_and_no_ring_takes_its_place()
    {
        RingPlacement.Opened made = await OpenedAsync(RingPath);
        Append(made, "first");
        var cut = new CutOffDevice(made.Opening.Device, writes: 3);
        Assert.IsType<WipeOutcome.Interrupted>(new RingWipe(cut, TestRing.Options.FillRandom, TimeProvider.System).Run(made.Opening.Ring));
        made.Opening.Device.Dispose();

        WipeReport report = Assert.IsType<RingPlacement.Wiped>(await OpenAsync(RingPath)).Report;

        Assert.Equal((0L, 1L, true), (report.LastSeq, report.UnsentRecords, report.WasResumed));
        Assert.False(File.Exists(RingPath));
    }

    [Fact]
    public async Task A_folder_in_its_place_or_no_folder_at_all_is_told_with_what_to_do()
    {
        Directory.CreateDirectory(RingPath);
        Assert.Contains("Remove the folder, or give another name.", await UnusableAsync(RingPath), StringComparison.Ordinal);
        string nowhere = Path.Combine(_folder, "absent", "bulk.ring");
        Assert.Contains($"Make the folder {Path.Combine(_folder, "absent")}", await UnusableAsync(nowhere), StringComparison.Ordinal);
        Assert.Contains("There is no partition", await UnusableAsync("/dev/sallyport-has-no-such-partition"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_of_another_user_is_told_with_what_to_do()
    {
        Peer.RequireRoot("being another user");
        Peer.Require("setpriv");
        Close(await OpenedAsync(RingPath));
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

        // A copy of the program, because the other user may not get to where it was built.
        string copy = Path.Combine(_folder, "program");
        string script = $"cp -r \"$(dirname \"$1\")\" {copy} && chmod -R a+rX {copy} && shift && "
            + $"exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp dotnet {copy}/RingWriter.dll \"$@\" 2>&1";
        using var other = WriterProcess.StartIn("/", script, "place", RingPath);
        string? line = await other.ReadLineAsync(Over);
        Assert.StartsWith($"unusable {RingPath}: open: permission denied (EACCES). Give the folder and the file to the user of the module", line, StringComparison.Ordinal);
    }

    // The disk that fails after some writes.
    private sealed class CutOffDevice(IBlockDevice inner, int writes) : IBlockDevice
    {
        private int _left = writes;

        public long Length => inner.Length;

        public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) => inner.TryRead(offset, destination, out fault);

        public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
        {
            fault = new DeviceFault("pwrite", 5);
            return --_left >= 0 && inner.TryWrite(offset, source, out fault);
        }

        public bool TryFlush(out DeviceFault fault) => inner.TryFlush(out fault);

        public void Dispose()
        {
        }
    }
}
