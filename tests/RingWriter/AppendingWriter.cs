using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;

namespace Sallyport.RingWriter;

/// <summary>
/// Appends, commits, hands out and confirms for ever, in an order that chance decides, and says on its output what it did: each line before the next step begins,
/// so that whoever kills it knows all that may be on the device.
/// </summary>
internal sealed class AppendingWriter(PageRing ring, IBlockDevice device, Stream output)
{
    private const byte Data = 1;
    private const byte GapContent = 2;
    private const int NewFileBytes = 64 * 4096;
    private const int SnapshotBlocks = 5;

    public static RingOptions Options { get; } = new()
    {
        BodyHead = "["u8.ToArray(),
        BodySeparator = ";"u8.ToArray(),
        BodyTail = "]"u8.ToArray(),
        GapContent = GapContent,
        EncodeGap = gap => Encoding.ASCII.GetBytes($"{{gap {gap.Reason} {gap.FirstSeq} {gap.LastSeq} {gap.Count}}}"),
        SeqReservation = 1000,
        PageReservation = 100,
    };

    public static IKeyWrapper Wrapper { get; } = new FileKeyWrapper(SecretKey.Create(key => key.Fill(7)), Options.FillRandom);

    private static Moment Now => new(TimeSpan.Zero, DateTimeOffset.UnixEpoch);

    public static async Task<int> RunAsync(string path)
    {
        // Once for the compiler, so that what is killed later is the ring and not its start.
        await using (Stream nowhere = Stream.Null)
        {
            (await OpenAsync(new MemoryDevice(NewFileBytes), nowhere)).Step(20);
        }

        await using Stream output = Console.OpenStandardOutput();
        Say(output, "ready");
        Console.ReadLine();
        DeviceOpening opening = FileDevice.Open(path);
        if (opening is DeviceOpening.Absent)
        {
            opening = FileDevice.Create(path, NewFileBytes);
        }

        if (opening is not DeviceOpening.Opened { Device: var device })
        {
            Say(output, $"x {opening}");
            return 1;
        }

        AppendingWriter writer = await OpenAsync(device, output);
        Say(output, "o");
        while (true)
        {
            writer.Step(100);
        }
    }

    private static async Task<AppendingWriter> OpenAsync(IBlockDevice device, Stream output)
    {
        RingOpening opening = await new RingFile(Options, [Wrapper], TimeProvider.System).OpenAsync(device, SnapshotBlocks, CancellationToken.None);
        return opening is RingOpening.Opened { Ring: var ring } ? new AppendingWriter(ring, device, output) : throw new InvalidOperationException(opening.ToString());
    }

    private void Step(int times)
    {
        for (; times > 0; times--)
        {
            switch (Chance(10))
            {
                case < 5:
                    Append();
                    break;
                case < 8:
                    Commit();
                    break;
                case 8:
                    ring.Seal(Now);
                    break;
                default:
                    Deliver();
                    break;
            }
        }
    }

    private void Append()
    {
        string text = $"r{Guid.NewGuid():N}{new string((char)('a' + Chance(26)), Chance(Chance(8) == 0 ? 3000 : 400))}";
        ring.TryAppend(Encoding.ASCII.GetBytes(text), Data, 0, Now, out long seq);
        Say($"a {seq} {text}");
    }

    private void Commit()
    {
        while (ring.Prepare() is { } work)
        {
            bool isDurable = work.TryRun(device, out _);
            ring.Complete(work, isDurable);
            if (!isDurable)
            {
                return;
            }

            if (work.IsWhole && !work.HasMore)
            {
                break;
            }
        }

        Say("k");
    }

    private void Deliver()
    {
        for (int pages = Chance(6); pages >= 0; pages--)
        {
            switch (ring.Take(Now))
            {
                case TakeOutcome.Taken { Page: var page } when Chance(4) == 0:
                    ring.Return([page.Number]);
                    break;
                case TakeOutcome.Taken { Page: var page }:
                    Say($"d {page.Fields.Content} {page.Fields.FirstSeq} {Encoding.ASCII.GetString(page.Body.Span)}");
                    ring.Confirm([page.Number]);
                    break;
                case TakeOutcome.CommitFirst:
                    Commit();
                    break;
                default:
                    return;
            }
        }
    }

    private void Say(string line) => Say(output, line);

    private static void Say(Stream output, string line) => output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{line}\n")));

    private static int Chance(int end) => RandomNumberGenerator.GetInt32(end);
}
