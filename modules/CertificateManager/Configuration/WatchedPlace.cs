namespace Sallyport.CertificateManager.Configuration;

/// <summary>A file, or a folder of files, with certificates to look at.</summary>
/// <param name="Name">As the user calls it.</param>
/// <param name="Kind">What they are for.</param>
/// <param name="Path">Full path in the container.</param>
internal sealed record WatchedPlace(string Name, WatchedKind Kind, string Path);
