using System.CommandLine;

namespace Sallyport.Ctl.Posture;

/// <summary><c>sallyportctl posture</c>.</summary>
internal static class PostureNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("posture", "How the gateway is hardened: gathers what is seen on the host alone, and judges it.");
        noun.Subcommands.Add(new CollectVerb(surroundings).Build());
        noun.Subcommands.Add(new ShowVerb(surroundings).Build());
        return noun;
    }
}
