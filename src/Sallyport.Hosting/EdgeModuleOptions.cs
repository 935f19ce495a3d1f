namespace Sallyport.Hosting;

/// <summary>What the deployment manifest may set for every module, as environment variables <c>Sallyport__…</c>.</summary>
public sealed class EdgeModuleOptions
{
    /// <summary>The configuration section, and the prefix of the environment variables.</summary>
    public const string Section = "Sallyport";

    /// <summary>Address that metrics and health are served on: <c>*</c> for all, or an IP address.</summary>
    public string ListenAddress { get; set; } = "*";

    /// <summary>Port of metrics and health. 0 to 65535; 0 takes a free one.</summary>
    public int MetricsPort { get; set; } = 9600;

    /// <summary>Folder on the module's volume. Made when missing.</summary>
    public string DataFolder { get; set; } = "/var/lib/sallyport";

    /// <summary>Desired properties from a file, used while the twin never gave any; null for none.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>Folder with revocation lists. They are also fetched from where certificates say, and kept in the data folder; null for no lists at all.</summary>
    public string? RevocationFolder { get; set; }

    /// <summary><c>Trace</c>, <c>Debug</c>, <c>Information</c>, <c>Warning</c> or <c>Error</c>.</summary>
    public string LogLevel { get; set; } = "Information";
}
