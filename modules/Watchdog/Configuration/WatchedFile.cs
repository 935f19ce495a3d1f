namespace Sallyport.Watchdog.Configuration;

/// <summary>A file of the host whose content says how the gateway is set up.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Path">Where it is mounted in the container.</param>
internal sealed record WatchedFile(string Name, string Path);
