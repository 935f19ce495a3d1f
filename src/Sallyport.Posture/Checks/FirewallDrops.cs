using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Deny by default.</summary>
internal sealed class FirewallDrops : HostCheck<FirewallFacts>
{
    public override string Id => "firewall-drop";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "A firewall is loaded that drops what no rule allows, coming in and passing through.";

    public override string Iec62443 => "SR 5.2";

    public override string Nist80082 => "SC-7";

    public override string Remedy => "Make rules with \"sallyportctl firewall generate\" and enable sallyport-firewall.service, or load others whose input and forward chains have the policy drop.";

    private protected override Section<FirewallFacts> SectionOf(HostReport report) => report.Firewall;

    private protected override PostureVerdict Judge(FirewallFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        var wrong = new List<string>();
        foreach (string hook in (ReadOnlySpan<string>)["input", "forward"])
        {
            foreach (string family in (ReadOnlySpan<string>)["ip", "ip6"])
            {
                if (!found.Chains.Any(chain => Drops(chain, hook, family)))
                {
                    wrong.Add($"no chain drops {hook} of {family}");
                }
            }
        }

        return PostureVerdict.Of(
            found.Chains.IsEmpty ? ["no ruleset is loaded"] : wrong,
            $"Policy drop: {string.Join(", ", found.Chains.Where(chain => chain.Policy is "drop").Select(chain => $"{chain.Family} {chain.Table} {chain.Name}"))}.");
    }

    // One table that drops is enough: what another accepts still comes to it.
    private static bool Drops(FirewallChain chain, string hook, string family) =>
        chain is { Kind: "filter", Policy: "drop" }
        && string.Equals(chain.Hook, hook, StringComparison.Ordinal)
        && (chain.Family is "inet" || string.Equals(chain.Family, family, StringComparison.Ordinal));
}
