using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>Certificates and requests in files.</summary>
internal static class CertificateFiles
{
    /// <summary>All certificates in a file, PEM or DER, in the order of the file.</summary>
    /// <exception cref="WrongUsageException">There is none, or it cannot be read.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        var found = new X509Certificate2Collection();
        return CertificateFile.TryDecode(File.ReadAllBytes(path), found) ? found : throw new WrongUsageException($"{path}: there is no certificate in it (PEM or DER).");
    }

    /// <summary>Certificates as PEM.</summary>
    public static string Pem(IEnumerable<X509Certificate2> certificates) =>
        string.Join('\n', certificates.Select(one => one.ExportCertificatePem())) + "\n";

    /// <summary>A request in a file.</summary>
    /// <exception cref="WrongUsageException">It is none.</exception>
    public static SigningRequest ReadRequest(string path) => SigningRequest.Read(File.ReadAllBytes(path)) switch
    {
        SigningRequestReading.Read read => read.Request,
        SigningRequestReading.Refused refused => throw new WrongUsageException($"{path}: {refused.Reason}"),
        _ => throw new InvalidOperationException("A request is read or refused."),
    };

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="WrongUsageException">It is there.</exception>
    public static async Task WriteNewAsync(string path, ReadOnlyMemory<byte> content, bool isSecret, CancellationToken stop)
    {
        if (File.Exists(path))
        {
            throw new WrongUsageException($"{path}: it is there already. Name a new file.");
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await file.WriteAsync(content, stop);
        await file.FlushAsync(stop);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }
}
