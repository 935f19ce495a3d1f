using System.CommandLine;
using Sallyport.Ctl.Batch.Verify;

namespace Sallyport.Ctl.Batch;

/// <summary><c>sallyportctl batch</c>.</summary>
internal static class BatchNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("batch", "Sealed batches, as they arrived in the cloud.");
        noun.Subcommands.Add(new VerifyVerb(surroundings).Build());
        return noun;
    }
}
