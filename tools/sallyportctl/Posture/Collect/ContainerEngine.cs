using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>What the container engine says: its containers, and the folders of the host that they have.</summary>
/// <param name="Facts">The containers, or why they cannot be told.</param>
/// <param name="Folders">Folders by the name of the container that has them, and that of the engine itself.</param>
internal sealed record ContainerEngine(Section<ContainerFacts> Facts, ImmutableArray<(string Owner, string Path)> Folders)
{
    private static readonly (string Engine, string Root)[] Engines = [("docker", "{{.DockerRootDir}}"), ("podman", "{{.Store.GraphRoot}}")];
    private static readonly (string Name, string Word)[] Modes = [("NetworkMode", "network"), ("PidMode", "pid"), ("IpcMode", "ipc")];

    /// <summary>Whether edgeHub is among the containers.</summary>
    public bool HasEdgeHub => Facts.Found?.Running.Any(container => container.Name is "edgeHub") ?? false;

    public static async Task<ContainerEngine> AskAsync(HostView host, CancellationToken stop)
    {
        string reason = "The host has neither docker nor podman that could be asked.";
        foreach ((string engine, string root) in Engines)
        {
            ProgramOutcome listed = await host.RunAsync(engine, ["ps", "--quiet", "--no-trunc"], stop);
            if (listed is ProgramOutcome.Failed failed)
            {
                reason = failed.Reason;
            }

            if (listed is not ProgramOutcome.Said said)
            {
                continue;
            }

            string[] ids = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            ProgramOutcome inspected = ids.Length is 0 ? new ProgramOutcome.Said("[]") : await host.RunAsync(engine, ["inspect", .. ids], stop);
            string folder = await host.RunAsync(engine, ["info", "--format", root], stop) is ProgramOutcome.Said info ? info.Output.Trim() : "";
            return inspected switch
            {
                ProgramOutcome.Said found => Read(engine, found.Output, folder),
                ProgramOutcome.Failed unseen => Unknown(unseen.Reason),
                _ => Unknown($"{engine} went away."),
            };
        }

        return Unknown(reason);
    }

    /// <summary>Reads what <c>docker inspect</c> prints.</summary>
    internal static ContainerEngine Read(string engine, string inspected, string engineFolder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(inspected);
            JsonElement[] containers = [.. document.RootElement.EnumerateArray()];
            IEnumerable<(string Owner, string Path)> folders = containers.SelectMany(container =>
                Items(container, "Mounts").Select(mount => (Owner: NameOf(container), Path: Text(mount, "Source"))));
            return new ContainerEngine(
                Section.Found(new ContainerFacts(engine, [.. containers.Select(Read).OrderBy(one => one.Name, StringComparer.Ordinal)])),
                [.. folders.Prepend((Owner: "engine", Path: engineFolder)).Where(folder => folder.Path.StartsWith('/'))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Unknown($"What {engine} says cannot be understood: {e.Message}");
        }
    }

    private static ContainerEngine Unknown(string reason) => new(Section.Unknown<ContainerFacts>(reason), []);

    private static HostContainer Read(JsonElement container)
    {
        JsonElement configuration = container.GetProperty("Config");
        JsonElement host = container.GetProperty("HostConfig");
        return new HostContainer(
            NameOf(container),
            Text(configuration, "Image"),
            Text(container, "Image"),
            Text(configuration, "User"),
            IsTrue(host, "Privileged"),
            IsTrue(host, "ReadonlyRootfs"),
            Texts(host, "CapDrop").Contains("ALL", StringComparer.OrdinalIgnoreCase) || IsEmptyList(container, "EffectiveCaps"),
            Texts(host, "SecurityOpt").Any(option => option is "no-new-privileges" or "no-new-privileges:true" or "no-new-privileges=true"),
            [.. Shared(container, host)],
            [.. Texts(host, "CapAdd")]);
    }

    private static List<string> Shared(JsonElement container, JsonElement host)
    {
        List<string> shared = [.. Modes.Where(mode => Text(host, mode.Name) is "host").Select(mode => mode.Word)];
        if (Items(container, "Mounts").Any(mount => Path.GetFileName(Text(mount, "Source")) is "docker.sock" or "podman.sock"))
        {
            shared.Add("engine-socket");
        }

        return shared;
    }

    private static string NameOf(JsonElement container) => Text(container, "Name").TrimStart('/');

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement text) && text.ValueKind is JsonValueKind.String ? text.GetString()! : "";

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement flag) && flag.ValueKind is JsonValueKind.True;

    private static bool IsEmptyList(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) && list.ValueKind is JsonValueKind.Array && list.GetArrayLength() is 0;

    private static JsonElement[] Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) && list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        Items(element, name).Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!);
}
