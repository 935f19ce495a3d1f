using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall;

/// <summary>Files of this noun: what is wrong in one is said with its name.</summary>
internal static class FirewallFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="WrongUsageException">It cannot be understood.</exception>
    public static T Read<T>(string path, Func<string, T> parse)
    {
        try
        {
            return parse(File.ReadAllText(path));
        }
        catch (ManifestException refused)
        {
            throw new WrongUsageException($"{path}: {refused.Message}");
        }
    }
}
