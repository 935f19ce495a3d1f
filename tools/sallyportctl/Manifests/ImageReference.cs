using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sallyport.Ctl.Manifests;

/// <summary>An image as a registry knows it: <c>registry/repository:tag@sha256:…</c>.</summary>
/// <param name="Repository">Registry and name.</param>
/// <param name="Tag">Null if there is none.</param>
/// <param name="Digest">With its algorithm; null if there is none.</param>
internal sealed partial record ImageReference(string Repository, string? Tag, string? Digest)
{
    /// <summary>Reads a reference; placeholders of a template may stand in it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        Match match = Pattern.Match(text);
        reference = match.Success ? new ImageReference(match.Groups["repository"].Value, Of(match.Groups["tag"]), Of(match.Groups["digest"])) : null;
        return match.Success;
    }

    /// <summary>Whether a text is a digest that may be that of an image; one that consists of one digit only was made up by somebody.</summary>
    public static bool IsDigest(string text) => DigestPattern.IsMatch(text) && text.AsSpan("sha256:".Length).ContainsAnyExcept(text[^1]);

    /// <summary>Whether the last part of the name is this.</summary>
    public bool IsNamed(string name) => string.Equals(Repository[(Repository.LastIndexOf('/') + 1)..], name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Repository + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    private static string? Of(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex(
        @"^(?<repository>(?:\$\{[A-Za-z0-9_.\-]+\}|[A-Za-z0-9.\-]+(?::[0-9]+)?(?=/)|[a-z0-9._\-]+)(?:/[a-z0-9._\-]+)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern { get; }

    [GeneratedRegex("^sha256:[0-9a-f]{64}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DigestPattern { get; }
}
