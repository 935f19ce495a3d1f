using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Whether apt installs security updates by itself.</summary>
internal static class UpdateGatherer
{
    private const string Folder = "/etc/apt/apt.conf.d";
    private const string Setting = "APT::Periodic::Unattended-Upgrade";

    public static Section<UpdateFacts> Gather(HostView host)
    {
        if (!host.Exists("/etc/apt"))
        {
            return Section.Unknown<UpdateFacts>("The host has no apt: how its updates come cannot be told.");
        }

        // Files are read by name, and the last word counts.
        string? value = host.Names(Folder)
            .SelectMany(name => host.Lines($"{Folder}/{name}"))
            .Where(line => line.StartsWith(Setting, StringComparison.Ordinal))
            .Select(line => line[Setting.Length..].Trim(' ', '\t', '"', ';'))
            .LastOrDefault();
        bool isUnattended = RuntimeGatherer.VersionOf(host, "unattended-upgrades") is not null && value is not (null or "0");
        return Section.Found(new UpdateFacts(isUnattended, host.Exists("/run/reboot-required") || host.Exists("/var/run/reboot-required")));
    }
}
