namespace Sallyport.Benchmarks.Ring;

/// <summary>The sealed ring against unencrypted stores that do the same job, in one run.</summary>
internal static class RingSubject
{
    private static readonly (string Name, string Title, Func<string, Report, Task> RunAsync)[] Parts =
    [
        ("append", "Append: a bounded queue of 2 MiB, the oldest deleted, one commit a batch", AppendRates.RunAsync),
        ("group", "Group commit: each producer waits until its record of 256 B is durable", GroupCommit.RunAsync),
        ("capacity", "Capacity", Capacity.RunAsync),
        ("recovery", "Recovery", RecoveryTime.RunAsync),
        ("wear", "What a small commit costs the disk: ext4 with a journal on a loop device", Wear.RunAsync),
    ];

    /// <param name="arguments">Names of parts; none for all.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var report = new Report("ring", output);
        string folder = Directory.CreateTempSubdirectory("sallyport-ring-").FullName;
        try
        {
            if (arguments.Except(Parts.Select(part => part.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            {
                throw new PreconditionException($"There is no part {unknown}; the parts are {string.Join(", ", Parts.Select(part => part.Name))}.");
            }

            Precedence.Take();
            foreach ((string name, string title, Func<string, Report, Task> runAsync) in Parts)
            {
                if (arguments.Length == 0 || arguments.Contains(name, StringComparer.Ordinal))
                {
                    report.Begin(title);
                    await runAsync(folder, report);
                }
            }

            report.End();
            return 0;
        }
        catch (PreconditionException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
