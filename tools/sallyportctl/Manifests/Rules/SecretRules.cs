using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>A manifest is read by everybody who may read the hub, so nothing secret stands in it.</summary>
internal static partial class SecretRules
{
    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "secrets",
            RuleSeverity.Error,
            "No variable, argument or property holds a key, a password or a token, not even by way of a placeholder.",
            "Put it into a file that the container mounts, or a key store; variables that end in File, Folder or Path name such places.",
            static document => [.. document.Containers.SelectMany(Variables), .. document.Content.Members.SelectMany(member => Texts(member.Node))]),
        new(
            "registry-credentials",
            RuleSeverity.Error,
            "A template has the registry's user and password as placeholders.",
            "Write ${CONTAINER_REGISTRY_USERNAME} and ${CONTAINER_REGISTRY_PASSWORD}; the values stay in .env or in the release job.",
            static document => document.IsTemplate ? Credentials(document, isOpen: false) : []),
        new(
            "registry-password",
            RuleSeverity.Warning,
            "A built manifest with a password is not left lying about.",
            "Use a token that pulls these repositories and nothing else, keep the file to yourself, delete it after the deployment.",
            static document => document.IsTemplate ? [] : Credentials(document, isOpen: false).Where(complaint => complaint.Pointer.EndsWith("/password", StringComparison.Ordinal))),
    ];

    private static IEnumerable<Complaint> Variables(Container container) =>
        from variable in container.Environment
        where SecretName.IsMatch(variable.Name) && !PlaceName.IsMatch(variable.Name) && variable.Value.Length > 0
        select new Complaint(variable.Pointer, $"{variable.Name} is a secret by its name.");

    private static IEnumerable<Complaint> Texts(ManifestNode node) =>
        DeploymentDocument.Texts(node).Where(text => SecretText.IsMatch(text.Text)).Select(text => new Complaint(text.Node.Pointer, "It has a key, a token or a connection string in it."));

    private static IEnumerable<Complaint> Credentials(DeploymentDocument document, bool isOpen) =>
        from registry in document.Agent.Find("runtime")?.Find("settings")?.Find("registryCredentials")?.Members ?? []
        from name in (string[])["username", "password"]
        let node = registry.Node.Find(name)
        where node is not null && node.Value.AsText().Length > 0 && DeploymentDocument.IsOpen(node.Value.AsText()) == isOpen
        select new Complaint(node.Value.Pointer, $"The {name} stands here in clear.");

    [GeneratedRegex("(password|passphrase|secret|token|pin|apikey|sharedkey|accesskey|privatekey|connectionstring|credential)s?$|(password|secret|sharedkey|accesskey|connectionstring)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretName { get; }

    [GeneratedRegex("(File|Files|Folder|Path|Label|Pkcs11Token)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceName { get; }

    [GeneratedRegex("SharedAccessKey=|SharedAccessSignature |AccountKey=|[?&]sig=|-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/@:\\s]+:[^/@\\s]+@", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretText { get; }
}
