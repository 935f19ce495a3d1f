using Sallyport.Hosting.Configuration;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.SecureBuffer.Configuration;

/// <summary>Reads the section <c>direct</c>.</summary>
internal static class DirectUplinkReader
{
    private const int LongestPath = 1024;
    private const int LongestName = 253;

    private static readonly string[] OfFiles = ["certificateFile", "keyFile", "previousCertificateFile", "previousKeyFile"];

    /// <returns>Null if it is refused.</returns>
    public static DirectUplinkPlan? Read(DesiredReader section)
    {
        if (!section.Exists)
        {
            section.Refuse("The uplink direct needs this section: idScope, registrationId, rootsFile, and identityFolder or certificateFile with keyFile.");
            return null;
        }

        if (!section.IsObjectOf(
            "idScope", "provisioningHost", "registrationId", "identityFolder", "certificateFile", "keyFile", "previousCertificateFile", "previousKeyFile", "rootsFile"))
        {
            return null;
        }

        var scope = Text(section["idScope"], ProvisioningTarget.IsIdScope, "an ID scope: letters and digits, as on the overview page of the provisioning service");
        var registration = Text(
            section["registrationId"], ProvisioningTarget.IsRegistrationId, "a registration id: 1 to 128 letters, digits and -._: with a letter, digit or dash at the end");
        var host = section["provisioningHost"].Exists
            ? Text(section["provisioningHost"], ProvisioningTarget.IsHost, "a host name or address, with or without :port")
            : ProvisioningTarget.GlobalHost;
        DirectIdentity? identity = ReadIdentity(section);
        var roots = Path(section["rootsFile"]);
        return scope is not null && registration is not null && host is not null && identity is not null && roots is not null
            && ProvisioningTarget.TryCreate(scope, registration, host, out ProvisioningTarget? target)
                ? new DirectUplinkPlan(target, identity, roots)
                : null;
    }

    private static DirectIdentity? ReadIdentity(DesiredReader section)
    {
        if (!section["identityFolder"].Exists)
        {
            var certificate = Path(section["certificateFile"]);
            var key = Path(section["keyFile"]);
            (string Certificate, string Key)? previous = ReadPrevious(section);
            return certificate is not null && key is not null
                ? new DirectIdentity.Files(new CertificateFiles(certificate, key, previous?.Certificate, previous?.Key))
                : null;
        }

        foreach (DesiredReader file in OfFiles.Select(name => section[name]).Where(place => place.Exists))
        {
            file.Refuse("identityFolder says where the certificates are: leave this out, or that.");
            return null;
        }

        return Path(section["identityFolder"]) is { } folder ? new DirectIdentity.Journal(folder) : null;
    }

    private static (string Certificate, string Key)? ReadPrevious(DesiredReader section)
    {
        DesiredReader certificate = section["previousCertificateFile"];
        DesiredReader key = section["previousKeyFile"];
        if (certificate.Exists != key.Exists)
        {
            (certificate.Exists ? key : certificate).Refuse("previousCertificateFile and previousKeyFile go together: give both or neither.");
        }

        return certificate.Exists && key.Exists && Path(certificate) is { } certificateFile && Path(key) is { } keyFile ? (certificateFile, keyFile) : null;
    }

    private static string? Path(DesiredReader place) => Text(
        place, LongestPath, System.IO.Path.IsPathFullyQualified, "an absolute path in the container, such as /certs/device.pem");

    private static string? Text(DesiredReader place, Func<string, bool> isRight, string right) => Text(place, LongestName, isRight, right);

    private static string? Text(DesiredReader place, int longest, Func<string, bool> isRight, string right)
    {
        if (!place.TryText(longest, out var text))
        {
            return null;
        }

        if (!isRight(text))
        {
            place.Refuse($"This is not {right}.");
            return null;
        }

        return text;
    }
}
