using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>Makes a manifest that can be deployed out of a template.</summary>
/// <param name="locked">Digests of the release.</param>
/// <param name="platform">Which of them: <c>amd64</c>, <c>arm64v8</c>.</param>
/// <param name="find">Values of placeholders.</param>
internal sealed partial class ManifestBuild(ImageLock locked, string platform, Func<string, string?> find)
{
    private const string Debug = "debug";

    private readonly List<ManifestFinding> _findings = [];
    private readonly List<ResolvedImage> _images = [];

    /// <summary>Builds once; an object is good for one build.</summary>
    /// <param name="json">The template.</param>
    /// <param name="fragments">What is put into it, in this order.</param>
    public BuildOutcome Build(string json, IEnumerable<JsonObject> fragments)
    {
        try
        {
            var root = new ManifestNode(DeploymentManifest.ParseJson(json), "");
            ManifestNode content = root.Find("content") is { } deployment ? deployment["modulesContent"] : root["modulesContent"];
            if (!Merge(content, fragments))
            {
                return new BuildOutcome.Refused([.. _findings]);
            }

            Expand(content);
            ManifestNode agent = content["$edgeAgent"]["properties.desired"];
            LeaveOutOpenRegistries(agent);
            foreach ((_, ManifestNode module) in (agent.Find("systemModules")?.Members ?? []).Concat(agent.Find("modules")?.Members ?? []))
            {
                Resolve(module["settings"]);
                CreateOptionsPieces.Write(module["settings"]);
            }

            return Judged(CanonicalJson.File(new JsonObject { ["modulesContent"] = content.Value?.DeepClone() }));
        }
        catch (ManifestException refused)
        {
            return new BuildOutcome.Refused([.. _findings, ManifestRules.Of(refused)]);
        }
    }

    private bool Merge(ManifestNode content, IEnumerable<JsonObject> fragments)
    {
        foreach (JsonObject fragment in fragments)
        {
            try
            {
                Fragment.Merge(content, fragment);
            }
            catch (ManifestException refused)
            {
                _findings.Add(new ManifestFinding(BuildRules.Fragment, new Complaint(refused.Pointer, refused.Reason)));
            }
        }

        return _findings.Count is 0;
    }

    // A template without values is judged as a manifest too: whoever builds wants to know of everything at once.
    private BuildOutcome Judged(byte[] manifest)
    {
        ImmutableArray<ManifestFinding> judged = ManifestRules.Judge(System.Text.Encoding.UTF8.GetString(manifest), static _ => null);
        IEnumerable<ManifestFinding> others = judged.Where(finding => !_findings.Any(ours => string.Equals(ours.Complaint.Pointer, finding.Complaint.Pointer, StringComparison.Ordinal)));
        ImmutableArray<ManifestFinding> all = [.. _findings, .. others];
        return all.Any(finding => finding.IsError) ? new BuildOutcome.Refused(all) : new BuildOutcome.Built(manifest, [.. _images], all);
    }

    private void Expand(ManifestNode content)
    {
        Placeholders.Expand(content, name => find(name) ?? $"${{{name}}}");
        foreach ((ManifestNode node, string text) in DeploymentDocument.Texts(content))
        {
            foreach (Match match in Open.Matches(text).Where(match => !match.Groups["name"].Value.StartsWith("MODULES.", StringComparison.Ordinal)))
            {
                _findings.Add(new ManifestFinding(BuildRules.Value, new Complaint(node.Pointer, $"{match.Value} has no value.")));
            }
        }
    }

    // A registry that lets everybody pull, or a mirror on the plant's network, has neither.
    private static void LeaveOutOpenRegistries(ManifestNode agent)
    {
        if (agent.Find("runtime")?.Find("settings")?.Find("registryCredentials") is not { } registries)
        {
            return;
        }

        foreach ((string name, ManifestNode registry) in registries.Members.ToArray())
        {
            if (registry.Find("username")?.AsText() is null or "" && registry.Find("password")?.AsText() is null or "")
            {
                registries.AsObject().Remove(name);
            }
        }
    }

    private void Resolve(ManifestNode settings)
    {
        ManifestNode image = settings["image"];
        string text = image.AsText();
        (string name, string wanted) = ModuleImage.Parse(text) is ModuleImage.Built built ? NameOf(built) : (text, platform);
        bool isOurs = DeploymentDocument.IsOpen(text);
        if ((isOurs ? locked.Modules : locked.Images).GetValueOrDefault(name) is not { } found)
        {
            Complain(image, $"The lock file has no \"{name}\" in its section {(isOurs ? "modules" : "images")}.");
            return;
        }

        if (!found.Digests.TryGetValue(wanted, out string? digest))
        {
            Complain(image, $"The lock file has no digest of {found.Image} for {wanted}; it has {string.Join(", ", found.Digests.Keys)}.");
            return;
        }

        string reference = $"{found.Image}@{digest}";
        _images.Add(new ResolvedImage(text, reference));
        settings.AsObject()["image"] = reference;
    }

    // ${MODULES.Watchdog}, ${MODULES.Watchdog.arm64v8}, ${MODULES.Watchdog.debug}, ${MODULES.Watchdog.amd64.debug}.
    private (string Name, string Platform) NameOf(ModuleImage.Built image)
    {
        string[] parts = image.Platform?.Split('.') ?? [];
        return (parts is [.., Debug] ? $"{image.Folder}.{Debug}" : image.Folder, parts is [not Debug, ..] ? parts[0] : platform);
    }

    private void Complain(ManifestNode image, string reason) => _findings.Add(new ManifestFinding(BuildRules.ImageLock, new Complaint(image.Pointer, reason)));

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Open { get; }
}
