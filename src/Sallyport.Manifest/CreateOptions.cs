using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Manifest;

/// <summary>The part of Docker's create options that matters to a process: environment, arguments and mounts.</summary>
/// <param name="Environment">From <c>Env</c>.</param>
/// <param name="Arguments">From <c>Cmd</c>.</param>
/// <param name="Mounts">From <c>HostConfig.Binds</c> and <c>HostConfig.Mounts</c>; temporary file systems are not among them.</param>
internal sealed record CreateOptions(
    ImmutableDictionary<string, string> Environment,
    ImmutableArray<string> Arguments,
    ImmutableArray<ModuleMount> Mounts)
{
    /// <summary>Reads a module's settings, where the create options stand as an object (template) or as text in up to 100 pieces (deployed manifest).</summary>
    public static CreateOptions Read(ManifestNode settings)
    {
        if (Find(settings) is not { } options)
        {
            return new(ImmutableDictionary<string, string>.Empty, [], []);
        }

        var host = options.Find("HostConfig");
        return new(
            (options.Find("Env")?.Elements ?? []).Select(Variable).ToImmutableDictionary(StringComparer.Ordinal),
            [.. (options.Find("Cmd")?.Elements ?? []).Select(argument => argument.AsText())],
            [.. (host?.Find("Binds")?.Elements ?? []).Select(Bind), .. (host?.Find("Mounts")?.Elements ?? []).SelectMany(Mount)]);
    }

    /// <summary>The options as an object, whichever way they are written; null if the settings have none.</summary>
    public static ManifestNode? Find(ManifestNode settings) =>
        settings.Find("createOptions") is not { } node ? null : node.Value is JsonObject ? node : Parsed(settings, node);

    private static ManifestNode Parsed(ManifestNode settings, ManifestNode first)
    {
        var text = new StringBuilder(first.AsText());
        for (var piece = 1; settings.Find($"createOptions{piece:00}") is { } next; piece++)
        {
            text.Append(next.AsText());
        }

        try
        {
            return new(JsonNode.Parse(text.ToString()), first.Pointer);
        }
        catch (JsonException notJson)
        {
            throw new ManifestException(first.Pointer, $"The create options are not JSON: {notJson.Message}");
        }
    }

    private static KeyValuePair<string, string> Variable(ManifestNode node)
    {
        var text = node.AsText();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw new ManifestException(node.Pointer, "A variable is written NAME=VALUE.");
    }

    private static ModuleMount Bind(ManifestNode node) => node.AsText().Split(':') is [var source, var target, ..]
        ? new(source, Absolute(target, node.Pointer))
        : throw new ManifestException(node.Pointer, "A bind is written SOURCE:TARGET.");

    private static IEnumerable<ModuleMount> Mount(ManifestNode node) => node["Type"].AsOneOf("volume", "bind", "tmpfs") is "tmpfs"
        ? []
        : [new(node["Source"].AsText(), Absolute(node["Target"].AsText(), node["Target"].Pointer))];

    private static string Absolute(string target, string pointer) => target.StartsWith('/')
        ? target.TrimEnd('/')
        : throw new ManifestException(pointer, $"\"{target}\" is not an absolute path.");
}
