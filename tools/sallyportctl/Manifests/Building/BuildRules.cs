using System.Collections.Immutable;
using Sallyport.Ctl.Manifests.Rules;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>What a build refuses before there is a manifest that the other rules could judge.</summary>
internal static class BuildRules
{
    /// <summary>An image is not in the lock file.</summary>
    public static ManifestRule ImageLock { get; } = new(
        "image-lock",
        RuleSeverity.Error,
        "Each image of the template is in the lock file, with a digest for the platform.",
        "Take the lock file of the release, which its job writes (docs/formats/images-lock.md), or add what the registry says of the image: no digest is ever made up.",
        static _ => []);

    /// <summary>A placeholder has no value.</summary>
    public static ManifestRule Value { get; } = new(
        "placeholder-value",
        RuleSeverity.Error,
        "Each placeholder of the template has a value.",
        "Give it with --set NAME=VALUE, in the file of --env-file, or as an environment variable.",
        static _ => []);

    /// <summary>A fragment does not fit.</summary>
    public static ManifestRule Fragment { get; } = new(
        "fragment",
        RuleSeverity.Error,
        "A fragment adds to the template, and contradicts it nowhere.",
        "Change the template, or leave the fragment out.",
        static _ => []);

    /// <summary>All of them.</summary>
    public static ImmutableArray<ManifestRule> All { get; } = [ImageLock, Value, Fragment];
}
