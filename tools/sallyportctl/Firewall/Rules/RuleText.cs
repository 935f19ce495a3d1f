using System.Collections.Immutable;
using System.Net;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Site;

namespace Sallyport.Ctl.Firewall.Rules;

/// <summary>A flow in the language of nft(8).</summary>
internal static class RuleText
{
    // NFTNL_UDATA_COMMENT_MAXLEN is 128 with its end.
    private const int LongestComment = 120;

    /// <summary>The one rule that lets a flow pass. It asks for no state: what the plan no longer has ends at once, within sessions too.</summary>
    public static string Of(Flow flow)
    {
        string service = flow.Protocol is FlowProtocol.Any ? "" : FormattableString.Invariant($"{flow.Protocol.ToString().ToLowerInvariant()} dport {flow.Port} ");
        return $"{Interface("iifname", flow.InInterface)}{Interface("oifname", flow.OutInterface)}{Addresses("saddr", flow.Sources)}{Addresses("daddr", flow.Destinations)}{service}"
            + $"counter name \"{flow.Id}\" accept comment \"{Harmless($"{flow.From} to {flow.To}: {flow.Purpose}", LongestComment)}\"";
    }

    /// <summary>Text that ends neither a comment nor a line: names come from documents that anybody may have written.</summary>
    public static string Harmless(string text, int longest) =>
        new([.. text.Take(longest).Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is ' ' or '.' or ',' or ':' or '/' or '-' or '_' or '#' or '$' ? sign : '?')]);

    private static string Interface(string key, string? name) => name is null ? "" : $"{key} \"{name}\" ";

    private static string Addresses(string field, ImmutableArray<IPNetwork> networks) => networks switch
    {
        [] => "",
        [var one] when one.PrefixLength is 0 => "meta nfproto ipv4 ",
        [var one] => $"ip {field} {one.Text()} ",
        _ => $"ip {field} {{ {string.Join(", ", networks.Select(SiteValue.Text))} }} ",
    };
}
