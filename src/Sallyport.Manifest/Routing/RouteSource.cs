namespace Sallyport.Manifest.Routing;

/// <summary>What a route takes: everything at or below a path, segments compared without regard to case.</summary>
/// <param name="Path">Without a trailing star or slash; «/» takes everything.</param>
internal sealed record RouteSource(string Path)
{
    /// <summary>Messages of devices that are no modules.</summary>
    public const string DeviceMessages = "/messages";

    /// <summary>Notices of changed reported properties.</summary>
    public const string TwinChanges = "/twinChangeNotifications";

    /// <summary>Where a module's message comes from.</summary>
    public static string Of(string module, string output) =>
        output.Length == 0 ? $"{DeviceMessages}/modules/{module}" : $"{DeviceMessages}/modules/{module}/outputs/{output}";

    public bool IsTwinChange => Path.StartsWith(TwinChanges, StringComparison.OrdinalIgnoreCase);

    public bool Takes(string source)
    {
        string prefix = Path.TrimEnd('/');
        return source.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && (source.Length == prefix.Length || source[prefix.Length] == '/');
    }
}
