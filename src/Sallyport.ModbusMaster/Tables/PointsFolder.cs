using System.Globalization;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Points files in a folder of the disk. Links are not followed, wherever they lead.</summary>
/// <param name="folder">An absolute path; need not exist.</param>
public sealed class PointsFolder(string folder) : IPointsFiles
{
    /// <summary>Name of the folder below a module's data folder: what is brought in from outside stays apart from what the module keeps for itself.</summary>
    public const string Name = "points";

    private volatile string? _sha256InUse;

    /// <summary>The folder itself.</summary>
    public string FullPath => folder;

    /// <summary>Digest of the file that the accepted plan was made of; null for none.</summary>
    public string? Sha256InUse => _sha256InUse;

    /// <inheritdoc/>
    public void Use(string? sha256) => _sha256InUse = sha256;

    /// <inheritdoc/>
    public PointsFileLoad Read(string path)
    {
        string current = folder;
        foreach (string part in path.Split('/'))
        {
            current = Path.Combine(current, part);
            if (new FileInfo(current).LinkTarget is not null)
            {
                return new PointsFileLoad.Refused($"{path} is a link, or lies behind one; put the file itself there.");
            }
        }

        try
        {
            using FileStream stream = File.OpenRead(current);
            if (stream.Length > PointTableReader.MaxSizeInBytes)
            {
                return new PointsFileLoad.Refused(string.Create(
                    CultureInfo.InvariantCulture, $"{path} has {stream.Length} bytes; at most {PointTableReader.MaxSizeInBytes} are possible."));
            }

            byte[] content = new byte[stream.Length];
            return new PointsFileLoad.Loaded(content.AsMemory(0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new PointsFileLoad.Refused($"There is no file {path} in the module's folder {Name}: bring it there with the direct method importConfig.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PointsFileLoad.Refused($"{path} cannot be read: {e.Message}");
        }
    }
}
