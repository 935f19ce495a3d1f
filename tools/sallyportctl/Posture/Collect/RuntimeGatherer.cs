using Sallyport.Ctl.Documents;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>The Edge daemon: its package, and of its configuration how the gateway proves who it is and where keys are.</summary>
internal static class RuntimeGatherer
{
    private const string ConfigurationFile = "/etc/aziot/config.toml";
    private const string Packages = "/var/lib/dpkg/status";

    public static async Task<Section<RuntimeFacts>> GatherAsync(HostView host, CancellationToken stop)
    {
        string? version = VersionOf(host, "aziot-edge");
        if (version is null && await host.RunAsync("iotedge", ["--version"], stop) is ProgramOutcome.Said said)
        {
            version = said.Output.Trim().Split(' ')[^1];
        }

        if (version is not { Length: > 0 })
        {
            return Section.Unknown<RuntimeFacts>("The Edge daemon is not installed.");
        }

        if (!host.Exists(ConfigurationFile))
        {
            return Section.Found(new RuntimeFacts(version));
        }

        DocumentNode root;
        try
        {
            root = TomlTree.Parse(host.Read(ConfigurationFile), ConfigurationFile);
        }
        catch (WrongUsageException)
        {
            return Section.Found(new RuntimeFacts(version));
        }

        return Section.Found(new RuntimeFacts(version, AttestationOf(root["provisioning"]), root["aziot_keys"]?["pkcs11_lib_path"]?.Text is { Length: > 0 }));
    }

    /// <summary>The version of a Debian package that is installed; null if it is not.</summary>
    internal static string? VersionOf(HostView host, string package)
    {
        string? name = null;
        bool isInstalled = false;
        foreach (string line in host.Lines(Packages))
        {
            string[] field = line.Split(": ", 2);
            switch (field)
            {
                case ["Package", _]:
                    (name, isInstalled) = (field[1], false);
                    break;
                case ["Status", _]:
                    isInstalled = field[1].EndsWith(" installed", StringComparison.Ordinal);
                    break;
                case ["Version", _] when isInstalled && string.Equals(name, package, StringComparison.Ordinal):
                    return field[1];
            }
        }

        return null;
    }

    private static string? AttestationOf(DocumentNode? provisioning) => provisioning?["source"]?.Text switch
    {
        "dps" => provisioning["attestation"]?["method"]?.Text,
        "manual" => provisioning["connection_string"] is null ? provisioning["authentication"]?["method"]?.Text : "sas",
        _ => null,
    };
}
