using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>Something that a module reaches, by the manifest.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Purpose">What for.</param>
/// <param name="DemandedBy">Which place asks for it.</param>
/// <param name="IsField">Whether it is a controller, which must be in the levels of control.</param>
internal sealed record Demand(string Host, int Port, string Purpose, string DemandedBy, bool IsField = false)
{
    /// <summary>A demand of the manifest.</summary>
    public static Demand Of(ManifestNode place, string host, int port, string purpose, bool isField = false) =>
        new(host.ToLowerInvariant(), port, purpose, "manifest#" + place.Pointer, isField);
}
