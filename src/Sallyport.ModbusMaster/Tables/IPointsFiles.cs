namespace Sallyport.ModbusMaster.Tables;

/// <summary>Where points files lie.</summary>
public interface IPointsFiles
{
    /// <summary>Reads a file as a whole. Never throws for what the disk or its content does.</summary>
    /// <param name="path">As in <see cref="PointsFileReference.Path"/>.</param>
    PointsFileLoad Read(string path);

    /// <summary>Says which file the accepted plan was made of, so that it is kept as long as a restart may need it.</summary>
    /// <param name="sha256">64 hexadecimal digits in lower case; null for none.</param>
    void Use(string? sha256);
}
