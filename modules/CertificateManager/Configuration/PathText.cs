using Sallyport.Hosting.Configuration;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>Reads full paths.</summary>
internal static class PathText
{
    private const int Longest = 1024;

    /// <returns>Null if it is refused.</returns>
    public static string? Read(DesiredReader entry)
    {
        if (!entry.TryText(Longest, out var path))
        {
            return null;
        }

        if (!Path.IsPathFullyQualified(path))
        {
            entry.Refuse("This is no full path in the container, such as /certs/roots.pem.");
            return null;
        }

        return path;
    }
}
