using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sallyport.Manifest;

/// <summary>Replaces <c>${NAME}</c> in the texts of a template. <c>${MODULES.…}</c> stays: it names an image that is built, not a value.</summary>
/// <remarks>The notation of the Azure IoT Edge tools: iotedgedev's deploymentmanifest.py, the constants of the VS Code extension.</remarks>
internal static partial class Placeholders
{
    /// <summary>Replaces in all texts below a node, in place.</summary>
    /// <param name="root">The document.</param>
    /// <param name="find">Gives the value of a name, or null when it has none.</param>
    /// <exception cref="ManifestException">A placeholder has no value.</exception>
    public static void Expand(ManifestNode root, Func<string, string?> find) => Expand(root, find, static _ => { });

    private static void Expand(ManifestNode root, Func<string, string?> find, Action<string> replace)
    {
        switch (root.Value)
        {
            case JsonObject members:
                foreach (var (name, node) in root.Members.ToArray())
                {
                    Expand(node, find, text => members[name] = text);
                }

                break;
            case JsonArray elements:
                foreach (var (i, node) in root.Elements.ToArray().Index())
                {
                    Expand(node, find, text => elements[i] = text);
                }

                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                var text = value.GetValue<string>();
                var expanded = Expanded(text, root.Pointer, find);
                if (!string.Equals(text, expanded, StringComparison.Ordinal))
                {
                    replace(expanded);
                }

                break;
        }
    }

    private static string Expanded(string text, string pointer, Func<string, string?> find) =>
        Placeholder().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            return name.StartsWith("MODULES.", StringComparison.Ordinal) ? match.Value
                : find(name) ?? throw new ManifestException(pointer, $"${{{name}}} has no value: give it with --set {name}=VALUE or as an environment variable.");
        });

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_.\-]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
