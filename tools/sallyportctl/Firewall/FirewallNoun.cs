using System.CommandLine;

namespace Sallyport.Ctl.Firewall;

/// <summary><c>sallyportctl firewall</c>.</summary>
internal static class FirewallNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("firewall", "What may pass at a gateway and between the levels of a plant: makes the rules of nftables, and compares them with those that are loaded.");
        noun.Subcommands.Add(new GenerateVerb(surroundings).Build());
        noun.Subcommands.Add(new VerifyVerb(surroundings).Build());
        return noun;
    }
}
