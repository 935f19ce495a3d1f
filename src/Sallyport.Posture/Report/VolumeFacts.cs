using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>Where the gateway keeps data.</summary>
/// <param name="Folders">The folders of the modules and of the container engine.</param>
public sealed record VolumeFacts(ImmutableArray<DataFolder> Folders);
