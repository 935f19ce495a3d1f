namespace Sallyport.Watchdog.Configuration;

/// <summary>A module that is watched.</summary>
/// <param name="Name">As in the manifest.</param>
/// <param name="Address">Where its metrics and health are.</param>
/// <param name="MemoryLimitInBytes">Null for that of all modules.</param>
internal sealed record WatchedModule(string Name, Uri Address, long? MemoryLimitInBytes = null)
{
    /// <summary>The module that delivers.</summary>
    public const string Buffer = "SecureBuffer";

    /// <summary>One that is where the container network has it.</summary>
    public static WatchedModule Of(string name) => new(name, new UriBuilder(Uri.UriSchemeHttp, name, 9600).Uri);
}
