using System.CommandLine;
using Sallyport.SealedRing.Devices;

namespace Sallyport.Ctl.Ring.Inspect;

/// <summary><c>sallyportctl ring inspect</c>: what a ring says in clear.</summary>
internal sealed class InspectVerb(Surroundings surroundings)
{
    private readonly Argument<string> _file = RingNoun.NewFile();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("inspect", "Says what a ring tells without its key: size, id, key slots, epochs, pages, numbers, losses. Nothing of it is proven.");
        verb.Arguments.Add(_file);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_file);
        using IBlockDevice device = RingTarget.Open(path, isReadOnly: true);
        return surroundings.Screen.Give(new InspectReport(path, RingTarget.Inspect(path, device)), parsed.GetValue(CommandTree.Json));
    }
}
