using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Gathers everything; what one part cannot find out does not keep the others from it.</summary>
internal static class HostCollector
{
    /// <summary>Gathers a report.</summary>
    /// <param name="host">Where.</param>
    /// <param name="now">Its date.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<HostReport> CollectAsync(HostView host, DateTimeOffset now, CancellationToken stop)
    {
        ContainerEngine engine = await ContainerEngine.AskAsync(host, stop);
        return new HostReport
        {
            Schema = HostReport.SchemaName,
            CollectedAt = now,
            Host = host.Line("/etc/hostname") is { Length: > 0 } name ? name : "unknown",
            Collector = typeof(HostCollector).Assembly.GetName().Version?.ToString(3) ?? "0",
            Ssh = await AskAsync(SshGatherer.GatherAsync),
            Accounts = Ask(AccountGatherer.Gather),
            Firewall = await AskAsync(FirewallGatherer.GatherAsync),
            Sockets = Ask(SocketGatherer.Gather),
            Containers = engine.Facts,
            Volumes = Ask(view => VolumeGatherer.Gather(view, engine)),
            Kernel = Ask(KernelGatherer.Gather),
            Clock = await AskAsync(ClockGatherer.GatherAsync),
            Routes = Ask(RouteGatherer.Gather),
            Secrets = Ask(SecretGatherer.Gather),
            Runtime = await AskAsync(RuntimeGatherer.GatherAsync),
            Storage = await AskAsync(StorageGatherer.GatherAsync),
            Updates = Ask(UpdateGatherer.Gather),
            Configuration = await AskAsync(ConfigurationGatherer.GatherAsync),
        };

        Section<T> Ask<T>(Func<HostView, Section<T>> gather)
            where T : class
        {
            try
            {
                return gather(host);
            }
            catch (Exception e) when (IsOfTheHost(e))
            {
                return Section.Unknown<T>(e.Message);
            }
        }

        async Task<Section<T>> AskAsync<T>(Func<HostView, CancellationToken, Task<Section<T>>> gather)
            where T : class
        {
            try
            {
                return await gather(host, stop);
            }
            catch (Exception e) when (IsOfTheHost(e))
            {
                return Section.Unknown<T>(e.Message);
            }
        }
    }

    // Files that are not there, not ours to read, or not what they should be.
    private static bool IsOfTheHost(Exception e) => e is IOException or UnauthorizedAccessException or FormatException;
}
