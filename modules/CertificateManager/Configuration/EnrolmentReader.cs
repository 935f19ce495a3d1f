using Sallyport.Hosting.Configuration;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>Reads what concerns the gateway's own certificate.</summary>
internal static class EnrolmentReader
{
    private const int LongestName = 253;
    private const int LongestCommonName = 64;
    private const int LongestAddress = 512;
    private const int LongestOverlapInDays = 30;
    private const int DefaultOverlapInDays = 7;

    /// <returns>Null if there is none, or if it is refused.</returns>
    public static EnrolmentPlan? Read(DesiredReader root)
    {
        DesiredReader section = root["est"];
        if (!section.Exists)
        {
            RefuseAlone(root);
            return null;
        }

        Uri? server = section.IsObjectOf("url", "revocation") ? ReadAddress(section["url"]) : null;
        RevocationPolicy? revocation = RevocationPolicyReader.Read(section["revocation"]);
        var deviceId = ReadDeviceId(root["deviceId"]);
        var roots = PathText.Read(root["roots"]);
        _ = root["overlapDays"].TryInteger(1, LongestOverlapInDays, DefaultOverlapInDays, out var overlap);
        BootstrapFiles? bootstrap = ReadBootstrap(root["bootstrap"]);
        ProvisioningProof? proof = deviceId is null ? null : ReadProof(root["dps"], deviceId);
        return server is null || deviceId is null || roots is null || revocation is null
            ? null
            : new EnrolmentPlan(deviceId, server, roots) { Bootstrap = bootstrap, Overlap = TimeSpan.FromDays(overlap), Proof = proof, Revocation = revocation };
    }

    private static void RefuseAlone(DesiredReader root)
    {
        foreach (var name in (ReadOnlySpan<string>)["deviceId", "bootstrap", "overlapDays", "dps"])
        {
            if (root[name].Exists)
            {
                root[name].Refuse("It does nothing without est: add the enrolment server, or leave this out.");
            }
        }
    }

    private static string? ReadDeviceId(DesiredReader entry) => Text(
        entry,
        LongestCommonName,
        text => ProvisioningTarget.IsRegistrationId(text) && !text.Any(char.IsAsciiLetterUpper) && Uri.CheckHostName(text) is UriHostNameType.Dns,
        "a device id that a certificate can carry: 1 to 64 small letters, digits, - and .");

    private static Uri? ReadAddress(DesiredReader entry) => Text(entry, LongestAddress, IsServer, "an address such as https://est.plant.example/.well-known/est") is { } text
        ? new Uri(text)
        : null;

    private static bool IsServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        && address is { Query: "", Fragment: "", UserInfo: "" };

    private static BootstrapFiles? ReadBootstrap(DesiredReader section)
    {
        if (!section.Exists || !section.IsObjectOf("certificateFile", "keyFile"))
        {
            return null;
        }

        var certificate = PathText.Read(section["certificateFile"]);
        var key = PathText.Read(section["keyFile"]);
        return certificate is not null && key is not null ? new BootstrapFiles(certificate, key) : null;
    }

    private static ProvisioningProof? ReadProof(DesiredReader section, string deviceId)
    {
        if (!section.Exists || !section.IsObjectOf("idScope", "host", "roots"))
        {
            return null;
        }

        var scope = Text(section["idScope"], LongestName, ProvisioningTarget.IsIdScope, "an ID scope: letters and digits, as on the overview page of the provisioning service");
        var host = section["host"].Exists
            ? Text(section["host"], LongestName, ProvisioningTarget.IsHost, "a host name or address, with or without :port")
            : ProvisioningTarget.GlobalHost;
        var roots = PathText.Read(section["roots"]);
        return scope is not null && host is not null && roots is not null && ProvisioningTarget.TryCreate(scope, deviceId, host, out ProvisioningTarget? target)
            ? new ProvisioningProof(target, roots)
            : null;
    }

    private static string? Text(DesiredReader entry, int longest, Func<string, bool> isRight, string right)
    {
        if (!entry.TryText(longest, out var text))
        {
            return null;
        }

        if (!isRight(text))
        {
            entry.Refuse($"This is not {right}.");
            return null;
        }

        return text;
    }
}
