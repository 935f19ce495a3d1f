using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Rules;
using Sallyport.Ctl.Firewall.Verification;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>What holds for every plan.</summary>
public sealed class PlanPropertyTests
{
    private static readonly string[] AlwaysAccepted =
    [
        "iif \"lo\" accept",
        "oif \"lo\" accept",
        "ct state established ct direction reply accept",
        "ct state related icmp type { destination-unreachable, time-exceeded, parameter-problem } accept",
    ];

    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcXYZ019 .:/-_#\"\\{};\n\t$*é"], 0, 20];
    private static readonly Gen<IPNetwork> Network = Gen.Select(Gen.UInt, Gen.Int[0, 32], (bits, length) =>
    {
        uint kept = length == 0 ? 0 : bits & (uint.MaxValue << (32 - length));
        return new IPNetwork(new IPAddress([(byte)(kept >> 24), (byte)(kept >> 16), (byte)(kept >> 8), (byte)kept]), length);
    });

    private static readonly string[] Names = ["field0", "plant0", "azure-iot-edge"];
    private static readonly Gen<string?> Interface = Gen.Int[0, 3].Select(at => at is 0 ? null : Names[at - 1]);
    private static readonly Gen<ImmutableArray<IPNetwork>> Networks = Network.Array[0, 3].Select(Distinct);

    private static readonly Gen<Flow> OneFlow = Gen.Select(
        Gen.Select(Gen.Enum<FlowBox>(), Gen.Enum<FlowDirection>(), Gen.Enum<FlowProtocol>(), Gen.Int[1, 65_535]),
        Gen.Select(Word, Word, Word, Word),
        Gen.Select(Interface, Interface, Networks, Networks),
        (what, words, where) => new Flow(
            "", what.Item1, what.Item2, words.Item1, words.Item2, where.Item1, where.Item2, where.Item3, where.Item4, what.Item3, what.Item3 is FlowProtocol.Any ? 0 : what.Item4,
            words.Item3, words.Item4));

    private static readonly Gen<FlowPlan> Plan = Gen.Select(OneFlow.Array[0, 12], Gen.Bool, (flows, isLocked) =>
    {
        var list = new FlowList();
        foreach (Flow flow in flows)
        {
            list.Add(flow);
        }

        return new FlowPlan(isLocked, "azure-iot-edge", list.Flows, []);
    });

    [Fact]
    public void Each_planned_flow_has_exactly_one_rule_that_accepts_and_nothing_else_accepts() => Plan.Sample(plan =>
    {
        foreach (FlowBox box in Enum.GetValues<FlowBox>())
        {
            string[] lines = [.. new RuleSet(box).Text(plan).Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#'))];
            Flow[] flows = [.. plan.Flows.Where(flow => flow.Box == box)];
            foreach (Flow flow in flows)
            {
                Assert.Single(lines, line => line.Contains($"counter name \"{flow.Id}\" accept", StringComparison.Ordinal));
            }

            string[] accepting = [.. lines.Where(line => line.Contains(" accept", StringComparison.Ordinal) && !line.StartsWith("type filter hook", StringComparison.Ordinal))];
            Assert.Equal(flows.Length, accepting.Except(AlwaysAccepted, StringComparer.Ordinal).Count());
            Assert.All(accepting.Except(AlwaysAccepted, StringComparer.Ordinal), line => Assert.Contains(flows, flow => string.Equals(line, RuleText.Of(flow), StringComparison.Ordinal)));
            string[] policies = [.. lines.Where(line => line.StartsWith("type filter hook", StringComparison.Ordinal))];
            Assert.Equal(4, policies.Length);
            Assert.Single(policies, policy => policy.EndsWith("priority raw; policy accept;", StringComparison.Ordinal));
            Assert.Equal(3, policies.Count(policy => policy.EndsWith("priority filter - 10; policy drop;", StringComparison.Ordinal)));
        }
    });

    [Fact]
    public void A_plan_is_read_back_as_it_was_written() => Plan.Sample(plan =>
    {
        string text = Written(plan);
        Assert.Equal(text, Written(FlowPlanJson.Parse(text)));
    });

    [Fact]
    public async Task Nft_takes_every_plan_and_shows_it_twice_alike()
    {
        Peer.RequireRoot("nft");
        _ = Peer.Require("nft");
        string file = Path.GetTempFileName();
        try
        {
            await Plan.SampleAsync(
                async plan =>
                {
                    foreach (FlowBox box in Enum.GetValues<FlowBox>())
                    {
                        var rules = new RuleSet(box);
                        await File.WriteAllTextAsync(file, rules.Text(plan));
                        string once = await Command.RunAsync("unshare", "--net", "sh", "-c", $"nft -f {file} && nft -s list table inet {rules.Table}");
                        string twice = await Command.RunAsync("unshare", "--net", "sh", "-c", $"nft -f {file} && nft -f {file} && nft -s list table inet {rules.Table}");
                        TableListing listing = TableListing.Parse(once, RuleSet.DeniedSet);
                        Assert.Empty(TableComparison.Of(listing, TableListing.Parse(twice, RuleSet.DeniedSet)));
                        Assert.Equal(plan.Of(box, FlowDirection.Forward).Count(), listing.Blocks["chain forward"].Count(line => line.Contains("counter name \"f_", StringComparison.Ordinal)));
                    }
                },
                iter: 15,
                threads: 1);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // nft refuses sets whose networks overlap.
    private static ImmutableArray<IPNetwork> Distinct(IPNetwork[] networks) =>
        [.. networks.Where((network, at) => !networks[..at].Any(other => other.Contains(network.BaseAddress) || network.Contains(other.BaseAddress)))];

    private static string Written(FlowPlan plan)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            FlowPlanJson.Write(plan, json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(document.ToArray());
    }
}
