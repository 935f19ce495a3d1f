using System.Collections.Immutable;
using Sallyport.Ctl.Manifests.Desired;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>What the modules are told.</summary>
internal static class DesiredRules
{
    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "desired-properties",
            RuleSeverity.Error,
            "The desired properties of each module keep to the schema of the module, docs/formats/desired.",
            "The README of the module has every key with its values; sallyportctl modbus validate and eip validate know even more of the readers.",
            static document => document.Content.Members.SelectMany(member =>
                DesiredSchemas.Find(member.Name) is { } schema && member.Node.Find("properties.desired") is { } desired ? schema.Judge(desired) : [])),
        new(
            "desired-missing",
            RuleSeverity.Warning,
            "Each module of ours is told something: without desired properties a reader reads nothing.",
            "Add \"NAME\": { \"properties.desired\": { … } } beside $edgeHub.",
            static document => document.Modules.Where(module => module.IsOurs && document.DesiredOf(module.Name) is null)
                .Select(module => new Complaint($"{document.Content.Pointer}/{module.Name}", "It is missing."))),
        new(
            "watched-modules",
            RuleSeverity.Warning,
            "Watchdog watches every module of ours.",
            "Add \"NAME\": {} to delivery/modules in the desired properties of Watchdog.",
            static document => Watched(document)),
    ];

    private static IEnumerable<Complaint> Watched(DeploymentDocument document)
    {
        if (!document.Modules.Any(module => module.Name is "Watchdog"))
        {
            return [];
        }

        ManifestNode? watched = document.DesiredOf("Watchdog")?.Find("delivery")?.Find("modules");
        return document.Modules.Where(module => module.IsOurs && module.Name is not "Watchdog" && watched?.Find(module.Name) is null)
            .Select(module => new Complaint(watched?.Pointer ?? $"{document.Content.Pointer}/Watchdog/properties.desired/delivery/modules", $"{module.Name} is not among them."));
    }
}
