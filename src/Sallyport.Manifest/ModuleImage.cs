using System.Text.RegularExpressions;

namespace Sallyport.Manifest;

/// <summary>What a module's image entry says.</summary>
internal abstract partial record ModuleImage
{
    private ModuleImage()
    {
    }

    /// <summary>Reads an image entry.</summary>
    public static ModuleImage Parse(string text) =>
        BuiltHere().Match(text) is { Success: true } match
            ? new Built(match.Groups["folder"].Value, match.Groups["platform"].Success ? match.Groups["platform"].Value : null)
            : new Pulled(text);

    [GeneratedRegex(@"^\$\{MODULES\.(?<folder>[^.}]+)(\.(?<platform>[^}]+))?\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BuiltHere();

    /// <summary><c>${MODULES.folder}</c>: built from a folder below <c>modules/</c>.</summary>
    /// <param name="Folder">Name of the folder.</param>
    /// <param name="Platform">A key of the platforms in module.json such as <c>amd64.debug</c>; null is the default one.</param>
    internal sealed record Built(string Folder, string? Platform) : ModuleImage;

    /// <summary>An image from a registry, which the simulator cannot start.</summary>
    internal sealed record Pulled(string Reference) : ModuleImage;
}
