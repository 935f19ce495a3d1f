using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;

namespace Sallyport.Ctl.Tests.Ring;

/// <summary>A ring file as SecureBuffer leaves it, the same at each run but for its key slot.</summary>
internal sealed class RingFixture : IDisposable
{
    public const string Secret = "plaintext-marker";
    public const string Id = "000102030405060708090a0b0c0d0e0f";

    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private byte _next;

    /// <summary>Three pages that wait and one that is open, after two runs.</summary>
    public RingFixture()
    {
        for (int run = 0; run < 2; run++)
        {
            IBlockDevice device = (File.Exists(Ring) ? FileDevice.Open(Ring) : FileDevice.Create(Ring, 256 * 1024)) is DeviceOpening.Opened opened
                ? opened.Device
                : throw new InvalidOperationException(Ring);
            Write(device, isLast: run == 1);
        }
    }

    public static FakeTimeProvider Time => new(Noon);

    public string Ring => _folder["alerts.ring"];

    public string Key => _folder["key.pem"];

    public string this[string name] => _folder[name];

    /// <summary>What a command said, without the place of the file.</summary>
    public string Tidy(string text) => text.Replace(Path.GetDirectoryName(Ring) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>Changes one byte.</summary>
    public void Spoil(long at)
    {
        using FileStream file = File.Open(Ring, FileMode.Open);
        file.Position = at;
        int old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(old ^ 1));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(IBlockDevice device, bool isLast)
    {
        var options = new RingOptions
        {
            BodyHead = "["u8.ToArray(),
            BodySeparator = ","u8.ToArray(),
            BodyTail = "]"u8.ToArray(),
            EncodeGap = gap => Encoding.ASCII.GetBytes($"\"{gap.Reason}\""),
            GapContent = 2,
            SeqReservation = 1000,
            PageReservation = 100,
            FillRandom = Fill,
        };
        using FileKeyAgreement key = FileKeyAgreement.Open(Key) is KeyFileOpening.Opened opened ? opened.Key : throw new InvalidOperationException(Key);
#pragma warning disable VSTHRD002 // A file key answers at once.
        RingOpening opening = new RingFile(options, [new DeviceKeyWrapper(key)], Time).OpenAsync(device, snapshotBlocks: 3, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        using IBlockDevice owned = device;
        using PageRing ring = Assert.IsType<RingOpening.Opened>(opening).Ring;
        var now = new Moment(TimeSpan.FromMinutes(1), Noon);
        for (int record = 0; record < 3; record++)
        {
            Assert.True(ring.TryAppend(Encoding.ASCII.GetBytes($"\"{Secret}\""), 1, 0, now, out _));
            if (!isLast || record < 2)
            {
                ring.Seal(now);
            }
        }

        CommitWork work = (isLast ? ring.Prepare() : ring.PrepareEnd(now))!;
        Assert.True(work.TryRun(device, out DeviceFault fault), fault.ToString());
        ring.Complete(work, isDurable: true);
    }

    private void Fill(Span<byte> bytes)
    {
        foreach (ref byte one in bytes)
        {
            one = _next++;
        }
    }
}
