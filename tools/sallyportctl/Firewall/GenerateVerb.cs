using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Rules;
using Sallyport.Ctl.Firewall.Site;
using Sallyport.Ctl.Manifests;
using Sallyport.Identity;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall;

/// <summary><c>sallyportctl firewall generate</c>: rules from the manifest and the site file.</summary>
internal sealed class GenerateVerb(Surroundings surroundings)
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string> _manifest = new("--manifest") { Description = "The deployment manifest or its template.", HelpName = "file", Required = true };
    private readonly Option<string> _site = new("--site") { Description = "The site file: levels, addresses, management (docs/formats/site.md).", HelpName = "file", Required = true };
    private readonly Option<string?> _output = new("--output") { Description = "Folder for gateway.nft, conduit.nft, plan.json and module-addresses.json; else nothing is written.", HelpName = "folder" };
    private readonly Option<bool> _explain = new("--explain") { Description = "Shows each flow, and which place of which file asks for it." };
    private readonly Option<bool> _locked = new("--locked") { Description = "Shuts the host's ways to the management endpoints: for a gateway that is provisioned and gets no new images." };
    private readonly PlaceholderOptions _placeholders = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("generate", "Makes the rules of the gateway and of the zone firewall, the plan that they come from, and the modules' addresses. Loads nothing.");
        foreach (Option option in (ReadOnlySpan<Option>)[_manifest, _site, _output, _explain, _locked])
        {
            verb.Options.Add(option);
        }

        _placeholders.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var site = FirewallFile.Read(parsed.GetRequiredValue(_site), SiteFile.Parse);
        string manifest = parsed.GetRequiredValue(_manifest);
        Func<string, string?> values = _placeholders.Read(parsed, surroundings.Variable);
        var deployment = FirewallFile.Read(manifest, text => DeploymentDocument.Read(text, values));
        FlowPlan plan;
        try
        {
            plan = FlowPlanner.Plan(deployment, site, parsed.GetValue(_locked));
        }
        catch (ManifestException unfit)
        {
            throw new WrongUsageException($"{manifest} and {parsed.GetRequiredValue(_site)} do not fit: {unfit.Message}");
        }

        var report = new GenerateReport(plan, parsed.GetValue(_explain));
        if (parsed.GetValue(_output) is { } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (FlowBox box in Enum.GetValues<FlowBox>())
            {
                var rules = new RuleSet(box);
                await WriteAsync(folder, rules.FileName, rules.Text(plan), stop);
            }

            await WriteAsync(folder, "plan.json", Json(json => FlowPlanJson.Write(plan, json)), stop);
            await WriteAsync(folder, "module-addresses.json", Json(json => ModuleAddresses.Write(site.Gateway, json)), stop);
        }

        return surroundings.Screen.Give(report, parsed.GetValue(CommandTree.Json));
    }

    private static Task WriteAsync(string folder, string name, string text, CancellationToken stop) =>
        DurableFile.ReplaceAsync(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text), ForAll, stop);

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(document.GetBuffer().AsSpan(0, (int)document.Length)) + "\n";
    }
}
