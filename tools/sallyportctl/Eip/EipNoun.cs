using System.CommandLine;

namespace Sallyport.Ctl.Eip;

/// <summary><c>sallyportctl eip</c>.</summary>
internal static class EipNoun
{
    /// <summary>The module whose configuration is meant.</summary>
    public const string Module = "EtherNetIpReader";

    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("eip", "EtherNet/IP controllers, and the configuration of EtherNetIpReader.");
        noun.Subcommands.Add(new IdentifyVerb(surroundings).Build());
        noun.Subcommands.Add(new BrowseVerb(surroundings).Build());
        noun.Subcommands.Add(new ReadVerb(surroundings).Build());
        noun.Subcommands.Add(new ValidateVerb(surroundings).Build());
        return noun;
    }
}
