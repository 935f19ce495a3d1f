using Sallyport.Identity;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>The file that keeps a decommissioned module closed: only an operator takes it away. It stands before the first byte is destroyed.</summary>
/// <param name="folder">That of the rings.</param>
internal sealed class DecommissionMarker(string folder)
{
    /// <summary>Its name in the folder of the rings.</summary>
    public const string FileName = "decommissioned.json";

    private const int MostBytes = 64 * 1024;

    private string Path => System.IO.Path.Combine(folder, FileName);

    /// <summary>Whether a module is closed; a file that nobody can read closes it too.</summary>
    public static bool Exists(string folder) => File.Exists(System.IO.Path.Combine(folder, FileName));

    /// <summary>Reads it.</summary>
    /// <returns>Null if it is not there, or holds no report.</returns>
    public DecommissionReport? Read()
    {
        try
        {
            return new FileInfo(Path) is { Exists: true, Length: <= MostBytes } && DecommissionJson.TryRead(File.ReadAllBytes(Path), out DecommissionReport? report)
                ? report
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it; durable when it returns.</summary>
    /// <returns>Why not; null if all is well.</returns>
    public async Task<string?> WriteAsync(DecommissionReport report)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await DurableFile.ReplaceAsync(Path, DecommissionJson.Encode(report), CancellationToken.None);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Path} cannot be written, so a restart would make new rings: {e.Message}";
        }
    }
}
