namespace Sallyport.Simulator.Disks;

/// <summary>A disk for a module cannot be had, or does not do what is asked of it.</summary>
internal sealed class DiskException(string message) : Exception(message);
