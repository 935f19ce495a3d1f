using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;

namespace Sallyport.Benchmarks.Ring;

/// <summary>The sealed ring as SecureBuffer uses it: encrypted, sealed, numbered.</summary>
internal sealed class SealedRingQueue : BoundedQueue
{
    private const byte Content = 1;
    private const byte GapContent = 2;
    private const int SnapshotBlocks = 5;

    private readonly PageRing _ring;
    private readonly IBlockDevice _device;

    private SealedRingQueue(PageRing ring, IBlockDevice device)
    {
        _ring = ring;
        _device = device;
    }

    /// <summary>Opens or makes a ring of the usual size.</summary>
    /// <param name="path">Of its file.</param>
    /// <param name="isDurable">False leaves the flush out, and nothing else.</param>
    public static async Task<SealedRingQueue> OpenAsync(string path, bool isDurable)
    {
        IBlockDevice device = Opened(FileDevice.Open(path) is DeviceOpening.Opened there ? there : FileDevice.Create(path, Capacity));
        RingOpening opening = await FileOf().OpenAsync(isDurable ? device : new UnflushedDevice(device), SnapshotBlocks, CancellationToken.None);
        return opening is RingOpening.Opened opened
            ? new SealedRingQueue(opened.Ring, opened.Device)
            : throw new PreconditionException($"The ring does not open: {opening}.");
    }

    public static IBlockDevice Opened(DeviceOpening opening) =>
        opening is DeviceOpening.Opened opened ? opened.Device : throw new PreconditionException($"The file does not open: {opening}.");

    public static RingFile FileOf() => FileOf(new RingOptions
    {
        BodyHead = "["u8.ToArray(),
        BodySeparator = ","u8.ToArray(),
        BodyTail = "]"u8.ToArray(),
        EncodeGap = gap => System.Text.Encoding.ASCII.GetBytes(gap.ToString()),
        GapContent = GapContent,
    });

    public static RingFile FileOf(RingOptions options) => new(
        options,
        ImmutableArray.Create<IKeyWrapper>(new FileKeyWrapper(SecretKey.Copy(new byte[SecretKey.Size]), RandomNumberGenerator.Fill)),
        TimeProvider.System);

    public override void Append(ReadOnlySpan<byte> record) => _ring.TryAppend(record, Content, mark: 0, default, out _);

    public override void Commit()
    {
        if (_ring.Prepare() is { } work)
        {
            bool isDurable = work.TryRun(_device, out DeviceFault fault);
            _ring.Complete(work, isDurable);
            if (!isDurable)
            {
                throw new PreconditionException(fault.ToString());
            }
        }
    }

    public override void Dispose()
    {
        _ring.Dispose();
        _device.Dispose();
    }

    private sealed class UnflushedDevice(IBlockDevice device) : IBlockDevice
    {
        public long Length => device.Length;

        public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) => device.TryRead(offset, destination, out fault);

        public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault) => device.TryWrite(offset, source, out fault);

        public bool TryFlush(out DeviceFault fault)
        {
            fault = default;
            return true;
        }

        public void Dispose() => device.Dispose();
    }
}
