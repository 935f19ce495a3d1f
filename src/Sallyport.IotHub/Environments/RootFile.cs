using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.IotHub.Environments;

/// <summary>A PEM file with the roots to trust.</summary>
internal static class RootFile
{
    private const int MaxLength = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <param name="variable">What named the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EdgeEnvironmentException">It cannot be read, is longer than 1 MiB, or holds no certificate.</exception>
    public static async Task<X509Certificate2Collection> ReadAsync(string variable, string path, CancellationToken cancellationToken)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(path).Length > MaxLength)
            {
                throw new EdgeEnvironmentException(variable, $"{path} is longer than 1 MiB.");
            }

            roots.ImportFromPem(await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EdgeEnvironmentException(variable, $"{path} cannot be read as certificates: {e.Message}");
        }

        return roots.Count > 0 ? roots : throw new EdgeEnvironmentException(variable, $"{path} holds no certificate in PEM.");
    }
}
