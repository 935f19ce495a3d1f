using System.CommandLine;
using Sallyport.Ctl.Ring.Inspect;
using Sallyport.Ctl.Ring.Verify;
using Sallyport.Ctl.Ring.Wipe;

namespace Sallyport.Ctl.Ring;

/// <summary><c>sallyportctl ring</c>.</summary>
internal static class RingNoun
{
    /// <summary>The file of a ring, or a partition.</summary>
    public static Argument<string> NewFile() => new("file") { Description = "The ring's file, or the device node of its partition. The module must not run." };

    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("ring", "Ring files of SecureBuffer. What is in their records is never shown.");
        noun.Subcommands.Add(new InspectVerb(surroundings).Build());
        noun.Subcommands.Add(new VerifyVerb(surroundings).Build());
        noun.Subcommands.Add(new WipeVerb(surroundings).Build());
        return noun;
    }
}
