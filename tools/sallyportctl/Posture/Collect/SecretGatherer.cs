using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Rights of files that hold secrets. None of them is opened.</summary>
internal static class SecretGatherer
{
    private static readonly string[] Wanted =
    [
        "/etc/shadow", "/etc/gshadow", "/etc/ssh/ssh_host_*_key", "/root/.docker/config.json",
        "/etc/aziot/config.toml", "/etc/aziot/bootstrap/*_pk.pem", "/etc/aziot/bootstrap/*.key", "/etc/aziot/keyd/config.d", "/etc/aziot/keyd/config.d/*",
        "/var/lib/aziot/keyd", "/var/lib/aziot/keyd/keys", "/var/lib/aziot/keyd/keys/*", "/var/lib/aziot/secrets",
    ];

    public static Section<SecretFacts> Gather(HostView host) => Section.Found(new SecretFacts([.. Wanted.SelectMany(pattern => Files(host, pattern))]));

    private static IEnumerable<SecretFile> Files(HostView host, string pattern)
    {
        string folder = Path.GetDirectoryName(pattern)!;
        return host.Names(folder, Path.GetFileName(pattern)).Select(name => Path.Combine(folder, name)).Where(host.Exists).Select(path => new SecretFile(path, host.Mode(path)));
    }
}
