using System.Globalization;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>A writing process is killed again and again, on one file. <c>SALLYPORT_KILLS</c> says how often.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int UsualKills = 200;
    private const int StartedAhead = 2;

    [Fact(Timeout = 600_000)]
    public async Task However_often_a_writer_is_killed_all_that_it_acknowledged_is_there_or_told_as_evicted_and_no_number_comes_twice()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        int seed = Dice.NewSeed();
        var dice = new Dice(seed);
        string folder = Directory.CreateTempSubdirectory("ring").FullName;
        string path = Path.Combine(folder, "bulk.ring");
        var ledger = new KillLedger();
        var waiting = new Queue<WriterProcess>();
        long readable = 0;
        try
        {
            for (int kills = Kills; kills > 0; kills--)
            {
                while (waiting.Count < Math.Min(StartedAhead, kills))
                {
                    waiting.Enqueue(WriterProcess.Start("append", path));
                }

                using WriterProcess writer = waiting.Dequeue();
                await KillAsync(writer, ledger, dice, over);
                readable += Judge(path, ledger);
            }
        }
        finally
        {
            foreach (WriterProcess left in waiting)
            {
                left.Dispose();
            }

            Directory.Delete(folder, recursive: true);
            output.WriteLine(FormattableString.Invariant(
                $"SALLYPORT_SEED={seed}: {ledger.Appended} appended, {ledger.Acknowledged} acknowledged, {ledger.Settled} settled, {readable} times read"));
        }
    }

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("SALLYPORT_KILLS") ?? $"{UsualKills}", CultureInfo.InvariantCulture);

    private static async Task KillAsync(WriterProcess writer, KillLedger ledger, Dice dice, CancellationToken over)
    {
        ledger.Restart();
        Assert.Empty(await writer.ReadToAsync("ready", over));
        writer.Go();

        // No line: while it is made or recovers.
        for (int lines = dice.Next(4) == 0 ? 0 : dice.Next(150); lines > 0 && await writer.ReadLineAsync(over) is { } line; lines--)
        {
            ledger.Read(line);
        }

        Thread.SpinWait(dice.Next(300_000));
        writer.Kill();
        foreach (string line in await writer.RestAsync(over))
        {
            ledger.Read(line);
        }

        await writer.WaitAsync(over);
    }

    // On a copy: the next writer has to recover from the file as the dead one left it.
    private static int Judge(string path, KillLedger ledger)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        RingOracle oracle = ledger.Now();
        return oracle.Judge(RecordingDevice.Of(File.ReadAllBytes(path)), TestRing.Options, mayLoseDurable: false, oracle.Durable);
    }
}
