using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Egress;

/// <summary>Something that a module reaches, by what it is told.</summary>
/// <param name="Peer">Who is reached.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Pointer">JSON pointer of the place that asks for it.</param>
/// <param name="IsField">Whether it is a controller, which must be in the levels of control.</param>
internal sealed record EgressNeed(EgressPeer Peer, string Purpose, string Pointer, bool IsField = false)
{
    private const string Open = "A placeholder here has no value: give it with --set NAME=VALUE, in the file of --env-file, or as an environment variable.";

    /// <summary>A host, named at a place.</summary>
    public static EgressNeed Of(ManifestNode place, string host, int port, string purpose, bool isField = false) => DeploymentDocument.IsOpen(host)
        ? Unreadable(place, purpose, Open, isField)
        : new(new EgressPeer.Host(host.ToLowerInvariant(), port), purpose, place.Pointer, isField);

    /// <summary>Something that cannot be told from a place.</summary>
    public static EgressNeed Unreadable(ManifestNode place, string purpose, string reason, bool isField = false) =>
        new(new EgressPeer.Unreadable(place.AsText(), DeploymentDocument.IsOpen(place.AsText()) ? Open : reason), purpose, place.Pointer, isField);
}
