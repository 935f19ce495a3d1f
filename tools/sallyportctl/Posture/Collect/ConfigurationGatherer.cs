using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Digests of the Edge daemon's configuration and of the firewall's rules, for Watchdog to tell when they change.</summary>
internal static class ConfigurationGatherer
{
    private const string Absent = "absent";
    private const string MachineId = "/etc/machine-id";
    private const string DaemonFile = "/etc/aziot/config.toml";

    public static async Task<Section<ConfigurationFacts>> GatherAsync(HostView host, CancellationToken stop)
    {
        if (host.Line(MachineId) is not { Length: > 0 } id)
        {
            return Section.Unknown<ConfigurationFacts>($"The host has no {MachineId}, which the digests are made with.");
        }

        byte[] key = Encoding.UTF8.GetBytes(id);
        ImmutableArray<ConfigurationDigest>.Builder items = ImmutableArray.CreateBuilder<ConfigurationDigest>();
        items.Add(new ConfigurationDigest("edge-daemon", host.Exists(DaemonFile) ? DigestOf(key, host.Read(DaemonFile)) : Absent));
        if (await host.RunAsync("nft", ["-j", "list", "ruleset"], stop) is ProgramOutcome.Said said && RulesetText.Read(said.Output) is { } rules)
        {
            items.Add(new ConfigurationDigest("firewall", DigestOf(key, rules)));
        }

        return Section.Found(new ConfigurationFacts(items.ToImmutable()));
    }

    private static string DigestOf(byte[] key, string content) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(content)));
}
