using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Time synchronisation: systemd's word, which is the kernel's, else chrony's, else the mark of systemd-timesyncd.</summary>
internal static class ClockGatherer
{
    private const string Timesync = "/run/systemd/timesync";

    public static async Task<Section<ClockFacts>> GatherAsync(HostView host, CancellationToken stop)
    {
        if (await host.RunAsync("timedatectl", ["show", "--property=NTPSynchronized", "--value"], stop) is ProgramOutcome.Said said && said.Output.Trim() is "yes" or "no")
        {
            return Section.Found(new ClockFacts(said.Output.Trim() is "yes", "timedatectl"));
        }

        if (await host.RunAsync("chronyc", ["-c", "tracking"], stop) is ProgramOutcome.Said tracking && tracking.Output.Trim() is { Length: > 0 } line)
        {
            return Section.Found(new ClockFacts(!line.EndsWith("Not synchronised", StringComparison.Ordinal), "chrony"));
        }

        return host.Exists(Timesync)
            ? Section.Found(new ClockFacts(host.Exists($"{Timesync}/synchronized"), "systemd-timesyncd"))
            : Section.Unknown<ClockFacts>("Neither systemd nor chrony says whether the clock is synchronised.");
    }
}
