using System.Collections.Immutable;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>What the images have to be.</summary>
internal static class ImageRules
{
    private const string EdgeAgent = "azureiotedge-agent";
    private const string EdgeHub = "azureiotedge-hub";

    // 1.6.1 and what is older lose CONNECT packets of MQTT clients; Azure/iotedge pull request 7539 mends it.
    private static readonly Version LastBadEdgeHub = new(1, 6, 1);
    private static readonly Version Line = new(1, 6);

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "image-reference",
            RuleSeverity.Error,
            "Each image is a reference that a registry can have: no tag latest, and in a template no digest, which the lock file gives.",
            "Write registry/repository:tag, or ${MODULES.NAME} for an image of this repository.",
            static document => document.Containers.SelectMany(container => Reference(container, document.IsTemplate))),
        new(
            "image-digest",
            RuleSeverity.Error,
            "A built manifest has each image by its digest: the gateway runs what was released, whoever moved the tag.",
            "Build the manifest with the lock file of the release: sallyportctl manifest build --lock images.lock.json.",
            static document => document.IsTemplate ? [] : document.Containers.SelectMany(Digest)),
        new(
            "runtime-version",
            RuleSeverity.Error,
            "edgeAgent and edgeHub are 1.6 or later; edgeHub is later than 1.6.1, which loses connections of MQTT clients. A template may name the line 1.6, and leave the rest to the lock file.",
            "Lock a later tag of azureiotedge-hub; while there is none, deploy no modules that speak MQTT to it.",
            static document => [.. Runtime(document, "edgeAgent", EdgeAgent), .. Runtime(document, "edgeHub", EdgeHub)]),
        new(
            "debug-image",
            RuleSeverity.Warning,
            "Images with a debugger stay out of plants.",
            "Deploy deployment.template.json; this one is for a developer's machine. Rules on confinement are not applied to such a module.",
            static document => document.Containers.Where(container => container.IsDebug).Select(container => new Complaint(container.Image.Pointer, $"{container.Image.AsText()} is for looking for faults."))),
    ];

    private static IEnumerable<Complaint> Reference(Container container, bool isTemplate)
    {
        string text = container.Image.AsText();
        if (container.IsBuiltHere)
        {
            return [];
        }

        if (!ImageReference.TryParse(text, out ImageReference? image))
        {
            return [new Complaint(container.Image.Pointer, $"\"{text}\" is no reference of an image.")];
        }

        return image.Digest is null && image.Tag is null or "latest" ? [new Complaint(container.Image.Pointer, $"\"{text}\" names no version.")]
            : isTemplate && image.Digest is not null ? [new Complaint(container.Image.Pointer, $"\"{text}\" has a digest already.")]
            : [];
    }

    private static IEnumerable<Complaint> Digest(Container container) =>
        ImageReference.TryParse(container.Image.AsText(), out ImageReference? image) && image.Digest is { } digest && ImageReference.IsDigest(digest)
            ? []
            : [new Complaint(container.Image.Pointer, $"\"{container.Image.AsText()}\" has no digest sha256: with 64 hexadecimal digits.")];

    private static IEnumerable<Complaint> Runtime(DeploymentDocument document, string name, string repository)
    {
        if (document.SystemModule(name) is not { } module)
        {
            return [new Complaint($"{document.Agent.Pointer}/systemModules/{name}", "It is missing.")];
        }

        string text = module.Image.AsText();
        if (!ImageReference.TryParse(text, out ImageReference? image) || !image.IsNamed(repository) || !Version.TryParse(image.Tag, out Version? version))
        {
            return [new Complaint(module.Image.Pointer, $"\"{text}\" does not say which version of {repository} it is.")];
        }

        bool isLine = document.IsTemplate && version.Build < 0;
        return version < Line ? [new Complaint(module.Image.Pointer, $"{version} is older than {Line}.")]
            : name is "edgeHub" && !isLine && version <= LastBadEdgeHub ? [new Complaint(module.Image.Pointer, $"{version} is not later than {LastBadEdgeHub}.")]
            : name is "edgeAgent" && !isLine && version.Build < 0 ? [new Complaint(module.Image.Pointer, $"{version} is a line of versions, not one.")]
            : [];
    }
}
