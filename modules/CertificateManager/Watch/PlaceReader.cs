using System.Security.Cryptography.X509Certificates;
using Sallyport.CertificateManager.Configuration;
using Sallyport.Identity;

namespace Sallyport.CertificateManager.Watch;

/// <summary>Looks at the files of a place.</summary>
internal static class PlaceReader
{
    private const int MostFiles = 256;

    private static readonly string[] Endings = [".pem", ".crt", ".cer", ".der"];

    /// <summary>Takes down the certificates of a file, or of the files of a folder.</summary>
    public static void Read(WatchedPlace place, ICollection<WatchedCertificate> found, Action<string> onFault)
    {
        try
        {
            if (!Directory.Exists(place.Path))
            {
                ReadFile(place, place.Name, place.Path, found, onFault);
                return;
            }

            string[] files = [.. Directory.EnumerateFiles(place.Path).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
            foreach (var file in files.Take(MostFiles))
            {
                ReadFile(place, $"{place.Name}/{Path.GetFileName(file)}", file, found, onFault);
            }

            if (files.Length > MostFiles)
            {
                onFault($"{place.Path} has more than {MostFiles} certificates; those behind them are not watched");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onFault($"{place.Path} cannot be read: {e.Message}");
        }
    }

    private static void ReadFile(WatchedPlace place, string name, string file, ICollection<WatchedCertificate> found, Action<string> onFault)
    {
        var certificates = new X509Certificate2Collection();
        if (!CertificateFile.TryRead(file, certificates, out var reason))
        {
            onFault(reason);
        }

        foreach (X509Certificate2 one in certificates)
        {
            using (one)
            {
                found.Add(WatchedCertificate.Of(place.Kind, name, one));
            }
        }
    }
}
