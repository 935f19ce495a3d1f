using System.CommandLine;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Ctl.Manifests.Explain;
using Sallyport.Ctl.Manifests.Validate;

namespace Sallyport.Ctl.Manifests;

/// <summary><c>sallyportctl manifest</c>.</summary>
internal static class ManifestNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("manifest", "Deployment manifests of IoT Edge: judges and explains them, and builds them from a template and the digests of a release.");
        noun.Subcommands.Add(new BuildVerb(surroundings).Build());
        noun.Subcommands.Add(new ValidateVerb(surroundings).Build());
        noun.Subcommands.Add(new ExplainVerb(surroundings).Build());
        return noun;
    }
}
