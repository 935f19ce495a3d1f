using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Ctl.Terminal;
using Sallyport.TestKit;
using Spectre.Console;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>The command with the worked example: the deployment of this repository in the plant of docs/formats/site.example.json.</summary>
internal sealed class FirewallBench : IDisposable
{
    private static readonly Dictionary<string, string> Placeholders = new(StringComparer.Ordinal)
    {
        ["MODBUS_ENDPOINT"] = "modbus-tls://10.20.1.10",
        ["LOGIX_HOST"] = "10.20.1.20",
        ["MICRO800_HOST"] = "10.20.0.21",
        ["CONTAINER_REGISTRY_SERVER"] = "plant.azurecr.io",
        ["IOT_HUB_RESOURCE_ID"] = "/subscriptions/0/resourceGroups/plant/providers/Microsoft.Devices/IotHubs/plant",
    };

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-firewall-");

    public FirewallBench()
    {
        Manifest = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("deployment.template.json")), documentOptions: WithComments)!;
        Module("CertificateManager")["est"] = new JsonObject { ["url"] = "https://est.plant.example/.well-known/est/device" };
        Site = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "site.example.json")))!;
    }

    /// <summary>The manifest that the next run gets.</summary>
    public JsonNode Manifest { get; }

    /// <summary>The site file that the next run gets.</summary>
    public JsonNode Site { get; }

    /// <summary>Where programs are asked; null for here.</summary>
    public string? Namespace { get; set; }

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    /// <summary>A file that was generated.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, "out", name);

    /// <summary>Its text.</summary>
    public string Text(string name) => File.ReadAllText(PathOf(name));

    /// <summary>The desired properties of a module.</summary>
    public JsonObject Module(string name) => Manifest["modulesContent"]![name]!["properties.desired"]!.AsObject();

    /// <summary>The entry of a module, those of the runtime among them.</summary>
    public JsonObject Entry(string name) =>
        (Manifest["modulesContent"]!["$edgeAgent"]!["properties.desired"]!["modules"]![name] ?? Manifest["modulesContent"]!["$edgeAgent"]!["properties.desired"]!["systemModules"]![name])!.AsObject();

    /// <summary>Runs <c>firewall generate</c> into a folder.</summary>
    public async Task<ExitCode> GenerateAsync(params string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "deployment.json"), Manifest.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "site.json"), Site.ToJsonString(), TestContext.Current.CancellationToken);
        return await RunAsync(
            ["firewall", "generate", "--manifest", Path.Combine(_folder.FullName, "deployment.json"), "--site", Path.Combine(_folder.FullName, "site.json"), "--output", Path.Combine(_folder.FullName, "out"), .. options]);
    }

    /// <summary>Runs <c>firewall verify</c> on what was generated.</summary>
    public Task<ExitCode> VerifyAsync(params string[] options) => RunAsync(["firewall", "verify", "--plan", PathOf("plan.json"), .. options]);

    /// <summary>Runs <c>manifest validate</c> on the manifest that the last run got.</summary>
    public Task<ExitCode> ValidateAsync() => RunAsync(["manifest", "validate", Path.Combine(_folder.FullName, "deployment.json")]);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<ExitCode> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var surroundings = new Surroundings(
            new Screen(ConsoleOn(output), ConsoleOn(errors), isTerminal: false, isInteractive: false),
            TimeProvider.System,
            _ => throw new InvalidOperationException("No device was prepared."),
            name => Placeholders.GetValueOrDefault(name))
        {
            OpenController = _ => throw new InvalidOperationException("No controller was prepared."),
            RunProgram = (program, words, stop) => Namespace is null
                ? HostPrograms.RunAsync(program, words, stop)
                : HostPrograms.RunAsync("ip", ["netns", "exec", Namespace, program, .. words], stop),
        };
        ExitCode code = await CommandRun.RunAsync(arguments, surroundings, TestContext.Current.CancellationToken);
        Output = Neutral(output);
        Errors = Neutral(errors);
        return code;
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    // Where the files lie is no part of what the command says.
    private string Neutral(StringWriter writer) => writer.ToString().Replace(_folder.FullName + "/", "", StringComparison.Ordinal);
}
