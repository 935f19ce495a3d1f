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
                    .Where(chain => chain.TryGetProperty("hook", out _) && !Of(objects, "table").Any(table => IsDormant(table, chain)))
                    .Select(chain => ChainOf(chain, [.. rules.Where(rule => IsIn(rule, chain))])),
            ]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Section.Unknown<FirewallFacts>($"What nft says cannot be understood: {e.Message}");
        }
    }

    private static FirewallChain ChainOf(JsonElement chain, JsonElement[] rules) => new(
        Text(chain, "family"),
        Text(chain, "table"),
        Text(chain, "name"),
        Text(chain, "type"),
        Text(chain, "hook"),
        Array.Exists(rules, AcceptsAll) ? "accept" : Text(chain, "policy"),
        rules.Length);

    // A rule without a condition is the policy, whatever the chain says.
    private static bool AcceptsAll(JsonElement rule) =>
        rule.TryGetProperty("expr", out JsonElement statements)
        && statements.EnumerateArray().Select(statement => statement.EnumerateObject().First().Name).ToArray() is var names
        && names.Contains("accept", StringComparer.Ordinal)
        && Array.TrueForAll(names, name => name is "accept" or "counter" or "log");

    // nft up to 1.0.6 prints the name of the table where the flag dormant belongs: any flag that is not known to be harmless counts.
    private static bool IsDormant(JsonElement table, JsonElement chain) =>
        string.Equals(Text(table, "family"), Text(chain, "family"), StringComparison.Ordinal)
        && string.Equals(Text(table, "name"), Text(chain, "table"), StringComparison.Ordinal)
        && table.TryGetProperty("flags", out JsonElement flags)
        && !(flags.ValueKind is JsonValueKind.Array ? flags.EnumerateArray().Select(flag => flag.ToString()) : [flags.ToString()]).All(flag => flag is "owner" or "persist");

    private static IEnumerable<JsonElement> Of(JsonElement[] objects, string kind) =>
        objects.Where(one => one.TryGetProperty(kind, out _)).Select(one => one.GetProperty(kind));

    private static bool IsIn(JsonElement rule, JsonElement chain) =>
        string.Equals(Text(rule, "family"), Text(chain, "family"), StringComparison.Ordinal)
        && string.Equals(Text(rule, "table"), Text(chain, "table"), StringComparison.Ordinal)
        && string.Equals(Text(rule, "chain"), Text(chain, "name"), StringComparison.Ordinal);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() ?? "" : "";
}
