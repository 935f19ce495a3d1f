using System.Text.Json;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>The ruleset of nftables, the tables of iptables-nft among it.</summary>
internal static class FirewallGatherer
{
    public static async Task<Section<FirewallFacts>> GatherAsync(HostView host, CancellationToken stop) =>
        await host.RunAsync("nft", ["-j", "list", "ruleset"], stop) switch
        {
            ProgramOutcome.Said said => Read(said.Output),
            ProgramOutcome.Failed failed => Section.Unknown<FirewallFacts>(failed.Reason),
            _ => Section.Unknown<FirewallFacts>("The host has no program nft that could be asked."),
        };

    /// <summary>Reads libnftables-json(5).</summary>
    internal static Section<FirewallFacts> Read(string output)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(output);
            JsonElement[] objects = [.. document.RootElement.GetProperty("nftables").EnumerateArray()];
            JsonElement[] rules = [.. Of(objects, "rule")];
            return Section.Found(new FirewallFacts(
            [
                .. Of(objects, "chain")
                    .Where(chain => chain.TryGetProperty("hook", out _))
                    .Select(chain => new FirewallChain(
                        Text(chain, "family"), Text(chain, "table"), Text(chain, "name"), Text(chain, "type"), Text(chain, "hook"), Text(chain, "policy"), rules.Count(rule => IsIn(rule, chain)))),
            ]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Section.Unknown<FirewallFacts>($"What nft says cannot be understood: {e.Message}");
        }
    }

    private static IEnumerable<JsonElement> Of(JsonElement[] objects, string kind) =>
        objects.Where(one => one.TryGetProperty(kind, out _)).Select(one => one.GetProperty(kind));

    private static bool IsIn(JsonElement rule, JsonElement chain) =>
        string.Equals(Text(rule, "family"), Text(chain, "family"), StringComparison.Ordinal)
        && string.Equals(Text(rule, "table"), Text(chain, "table"), StringComparison.Ordinal)
        && string.Equals(Text(rule, "chain"), Text(chain, "name"), StringComparison.Ordinal);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() ?? "" : "";
}
