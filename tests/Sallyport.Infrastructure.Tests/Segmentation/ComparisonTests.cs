using System.Collections.Immutable;
using Sallyport.Ctl.Firewall.Verification;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>Listings of nft, compared without nft.</summary>
public sealed class ComparisonTests
{
    private const string Listing =
        "table inet t {\n\tcounter a {\n\t\tpackets 3 bytes 180\n\t}\n\n\tset denied {\n\t\ttype ipv4_addr\n\t\tflags dynamic,timeout\n\t\telements = { 10.0.0.1 expires 3s,\n\t\t\t     10.0.0.2 expires 4s }\n\t}\n\n"
        + "\tchain forward {\n\t\ttype filter hook forward priority filter - 10; policy drop;\n\t\tip daddr { 10.0.0.2, 10.0.0.1 } accept\n\t\tdrop\n\t}\n}\n";

    [Fact]
    public void What_is_counted_and_learned_is_no_difference() => Assert.Empty(Compare(
        Listing.Replace("packets 3 bytes 180", "packets 9 bytes 540", StringComparison.Ordinal)
            .Replace("10.0.0.1 expires 3s,\n\t\t\t     10.0.0.2 expires 4s", "10.0.0.9 expires 1s", StringComparison.Ordinal)));

    [Fact]
    public void The_order_within_a_set_is_no_difference() =>
        Assert.Empty(Compare(Listing.Replace("{ 10.0.0.2, 10.0.0.1 }", "{ 10.0.0.1, 10.0.0.2 }", StringComparison.Ordinal)));

    [Fact]
    public void The_order_of_rules_is_one() => Assert.Equal(
        [new Drift(DriftKind.Moved, "chain forward", "")],
        Compare(Listing.Replace("\t\tip daddr { 10.0.0.2, 10.0.0.1 } accept\n\t\tdrop\n", "\t\tdrop\n\t\tip daddr { 10.0.0.2, 10.0.0.1 } accept\n", StringComparison.Ordinal)));

    [Fact]
    public void A_rule_twice_is_one() => Assert.Equal(
        [new Drift(DriftKind.Added, "chain forward", "drop")], Compare(Listing.Replace("\t\tdrop\n", "\t\tdrop\n\t\tdrop\n", StringComparison.Ordinal)));

    [Fact]
    public void A_line_of_the_table_itself_is_one() => Assert.Equal(
        [new Drift(DriftKind.Added, "table", "flags dormant")], Compare(Listing.Replace("table inet t {\n", "table inet t {\n\tflags dormant\n\n", StringComparison.Ordinal)));

    [Fact]
    public void A_chain_that_is_gone_is_one() => Assert.Equal(
        [new Drift(DriftKind.Missing, "chain forward", "")], Compare(Listing[..Listing.IndexOf("\tchain", StringComparison.Ordinal)] + "}\n"));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"nftables\":[{\"set\":{\"name\":\"denied\",\"elem\":[1]}}]}")]
    [InlineData("{\"nftables\":[{\"counter\":{\"name\":\"a\",\"packets\":\"x\",\"bytes\":1}}]}")]
    public void Counts_that_cannot_be_understood_are_none(string json) => Assert.Same(TableCounts.None, TableCounts.Read(json, "denied"));

    private static ImmutableArray<Drift> Compare(string loaded) => TableComparison.Of(TableListing.Parse(Listing, "denied"), TableListing.Parse(loaded, "denied"));
}
