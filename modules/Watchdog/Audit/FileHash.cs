using System.Security.Cryptography;

namespace Sallyport.Watchdog.Audit;

/// <summary>SHA-256 of a file's content.</summary>
internal static class FileHash
{
    /// <summary>In place of a hash: there is no file.</summary>
    public const string Absent = "absent";

    private const long MaxSizeInBytes = 16 * 1024 * 1024;

    /// <summary>Takes it.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="fault">Why there is none; empty if there is.</param>
    /// <returns>Hexadecimal, or <see cref="Absent"/>; null if the file cannot be read.</returns>
    public static string? Of(string path, out string fault)
    {
        fault = "";
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MaxSizeInBytes)
            {
                fault = $"{path} is larger than {MaxSizeInBytes} bytes";
                return null;
            }

            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Absent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            fault = $"{path} cannot be read: {e.Message}";
            return null;
        }
    }
}
