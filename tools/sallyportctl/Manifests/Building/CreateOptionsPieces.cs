using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>Writes create options as edgeAgent reads them: text in pieces of 512 bytes, <c>createOptions</c>, <c>createOptions01</c> and so on.</summary>
internal static class CreateOptionsPieces
{
    private const string Key = "createOptions";

    /// <summary>Replaces the options of a module's settings by their pieces.</summary>
    /// <param name="settings">The section <c>settings</c>.</param>
    public static void Write(ManifestNode settings)
    {
        if (CreateOptions.Find(settings)?.Value is not { } options)
        {
            return;
        }

        JsonObject section = settings.AsObject();
        foreach (string old in section.Select(member => member.Key).Where(name => name.StartsWith(Key, StringComparison.Ordinal)).ToArray())
        {
            section.Remove(old);
        }

        foreach ((int number, string piece) in Split(CanonicalJson.Line(options)).Index())
        {
            section[number is 0 ? Key : FormattableString.Invariant($"{Key}{number:00}")] = piece;
        }
    }

    /// <summary>Cuts a text into pieces of at most 512 bytes, and never within a character.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var piece = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > ManifestLimits.PieceBytes)
            {
                yield return piece.ToString();
                piece.Clear();
                bytes = 0;
            }

            piece.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        yield return piece.ToString();
    }
}
