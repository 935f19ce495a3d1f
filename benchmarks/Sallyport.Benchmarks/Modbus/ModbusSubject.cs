using Sallyport.Benchmarks.Modbus.Scale;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>Modbus: speed against libmodbus, pipelining, coalescing, a serial line, and 100,000 values a second.</summary>
internal static class ModbusSubject
{
    private static readonly (string Name, string Title, Func<PeerPrograms, Report, Task> RunAsync)[] Parts =
    [
        ("sequential", "Sequential reads of 125 registers over one TCP connection", Sequential.RunAsync),
        ("pipelining", "Pipelining at a round trip of 20 ms", Pipelining.RunAsync),
        ("sparse", "A sparse map", SparseMap.RunAsync),
        ("rtu", "RTU on a paced serial line", RtuLine.RunAsync),
        ("scale", "100,000 changing float32 a second: 10 connections, 10 units each, published over TLS by the module ahead of time", ScaleRun.RunAsync),
    ];

    /// <param name="arguments">Names of parts; none for all.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var report = new Report("modbus", output);
        try
        {
            if (arguments.Except(Parts.Select(part => part.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            {
                throw new PreconditionException($"There is no part {unknown}; the parts are {string.Join(", ", Parts.Select(part => part.Name))}.");
            }

            Precedence.Take();
            PeerPrograms programs = await PeerPrograms.CompileAsync(Manifest.FindRepository());
            foreach ((string name, string title, Func<PeerPrograms, Report, Task> runAsync) in Parts)
            {
                if (arguments.Length == 0 || arguments.Contains(name, StringComparer.Ordinal))
                {
                    report.Begin(title);
                    await runAsync(programs, report);
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
