using System.Text;
using Sallyport.Ctl.Firewall.Planning;

namespace Sallyport.Ctl.Firewall.Rules;

/// <summary>The rules of a box, as one file for <c>nft -f</c> that replaces those before in one step.</summary>
/// <param name="box">The box.</param>
internal sealed class RuleSet(FlowBox box)
{
    /// <summary>Where refused packets are logged: nflog group, for ulogd2.</summary>
    public const string LogGroup = "1";

    /// <summary>The set of refused flows.</summary>
    public const string DeniedSet = "denied";

    private static readonly FlowDirection[] Directions = [FlowDirection.Input, FlowDirection.Forward, FlowDirection.Output];

    /// <summary>The name of its table, of the family inet.</summary>
    public string Table { get; } = $"sallyport_{Name(box)}";

    /// <summary>The name of its file.</summary>
    public string FileName { get; } = $"{Name(box)}.nft";

    /// <summary>Writes the file.</summary>
    public string Text(FlowPlan plan)
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            #!/usr/sbin/nft -f
            # Made by "sallyportctl firewall generate"; {{(plan.IsLocked ? "locked: the host reaches no management endpoint" : "not locked")}}. Change the site file or the manifest, never this.
            # The three statements below are one transaction: there is no moment without rules, and sessions that may stay do stay.
            table inet {{Table}}
            delete table inet {{Table}}
            table inet {{Table}} {
              counter spoofed { }
              counter invalid { }

            """);
        foreach (FlowDirection direction in Directions)
        {
            text.Append($"  counter {Denied(direction)} {{ }}\n");
        }

        foreach (Flow flow in plan.Flows.Where(flow => flow.Box == box))
        {
            text.Append($"  counter {flow.Id} {{ }}\n");
        }

        text.Append(
            $$"""
              # Who was refused within the hour: source, destination, protocol, port.
              set {{DeniedSet}} {
                type ipv4_addr . ipv4_addr . inet_proto . inet_service
                size 4096
                flags dynamic,timeout
                timeout 1h
              }
              # A sender who does not live where the packet came from.
              chain spoofing {
                type filter hook prerouting priority raw; policy accept;
                iif != "lo" fib saddr . iif oif missing counter name "spoofed" drop
              }

            """);
        foreach (FlowDirection direction in Directions)
        {
            AppendChain(text, plan, direction);
        }

        return text.Append("}\n").ToString();
    }

    private static string Name(FlowBox box) => box.ToString().ToLowerInvariant();

    private static string Denied(FlowDirection direction) => $"{DeniedSet}_{direction.ToString().ToLowerInvariant()}";

    /// <remarks>Before the container engine's own chains, which have the priority filter: what is dropped here, no other table can accept.</remarks>
    private void AppendChain(StringBuilder text, FlowPlan plan, FlowDirection direction)
    {
        text.Append($"  chain {direction.ToString().ToLowerInvariant()} {{\n    type filter hook {direction.ToString().ToLowerInvariant()} priority filter - 10; policy drop;\n");
        string? loopback = direction switch
        {
            FlowDirection.Input => "    iif \"lo\" accept\n",
            FlowDirection.Output => "    oif \"lo\" accept\n",
            _ => null,
        };
        text.Append(loopback);
        text.Append(
            """
                ct state invalid counter name "invalid" drop
                ct state established ct direction reply accept
                ct state related icmp type { destination-unreachable, time-exceeded, parameter-problem } accept

            """);
        foreach (Flow flow in plan.Of(box, direction))
        {
            text.Append($"    # {RuleText.Harmless(flow.DemandedBy, int.MaxValue)}\n    {RuleText.Of(flow)}\n");
        }

        text.Append(
            $$"""
                meta nfproto ipv4 meta l4proto { tcp, udp } add @{{DeniedSet}} { ip saddr . ip daddr . meta l4proto . th dport }
                limit rate 10/second burst 20 packets log prefix "sallyport-{{Denied(direction)}} " group {{LogGroup}}
                counter name "{{Denied(direction)}}"

            """);
        if (RefusalFor(direction, plan) is { } refusal)
        {
            text.Append($"    {refusal}\n");
        }

        text.Append("  }\n");
    }

    // Our own processes are told at once; strangers are told nothing, and the policy drops.
    private string? RefusalFor(FlowDirection direction, FlowPlan plan) => (box, direction) switch
    {
        (_, FlowDirection.Output) => "reject with icmpx admin-prohibited",
        (FlowBox.Gateway, FlowDirection.Forward) => $"iifname \"{plan.ModuleInterface}\" reject with icmpx admin-prohibited",
        _ => null,
    };
}
