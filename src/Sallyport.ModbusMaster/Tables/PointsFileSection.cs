using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Reads <c>/pointsFile</c>: path, sha256.</summary>
internal static class PointsFileSection
{
    public const string Key = "pointsFile";
    public const string PathKey = "path";
    public const string Sha256Key = "sha256";

    /// <summary>Null if it was refused.</summary>
    public static PointsFileReference? Read(DesiredReader section)
    {
        if (!section.IsObjectOf(PathKey, Sha256Key))
        {
            return null;
        }

        bool isGood = TryPath(section[PathKey], out string? path) & Sha256Text.TryRead(section[Sha256Key], out string? sha256);
        return isGood ? new PointsFileReference(path!, sha256!) : null;
    }

    private static bool TryPath(DesiredReader entry, out string? path)
    {
        if (!entry.TryText(PointsFileName.MaxLength, out path))
        {
            return false;
        }

        if (!PointsFileName.IsValidPath(path))
        {
            entry.Refuse($"{PointsFileName.Rule}; folders in front of it are named in the same way.");
            return false;
        }

        return true;
    }
}
