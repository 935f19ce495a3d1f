using System.CommandLine;

namespace Sallyport.Ctl.Provision;

/// <summary><c>sallyportctl provision</c>.</summary>
internal static class ProvisionNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("provision", "Devices at Azure's provisioning service.");
        noun.Subcommands.Add(new TestVerb(surroundings).Build());
        return noun;
    }
}
