namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>EtherNet/IP: tags of the simulated CompactLogix, one at a time, packed and as arrays, against other clients of the same controller.</summary>
internal static class EtherNetIpSubject
{
    private static readonly (string Name, string Title, Func<Report, Task> RunAsync)[] Parts =
    [
        ("throughput", "Tags a second over one connection, in turn with other clients of the same controller", Throughput.RunAsync),
        ("latency", "How long a round of 100 packed tags takes", Latency.RunAsync),
        ("allocation", "What a steady round allocates", Allocation.RunAsync),
    ];

    /// <param name="arguments">Names of parts; none for all.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var report = new Report("eip", output);
        try
        {
            if (arguments.Except(Parts.Select(part => part.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            {
                throw new PreconditionException($"There is no part {unknown}; the parts are {string.Join(", ", Parts.Select(part => part.Name))}.");
            }

            Precedence.Take();
            await using ControllerProcess controller = await ControllerProcess.StartAsync();
            foreach ((string name, string title, Func<Report, Task> runAsync) in Parts)
            {
                if (arguments.Length == 0 || arguments.Contains(name, StringComparer.Ordinal))
                {
                    report.Begin(title);
                    await runAsync(report);
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
    }
}
