namespace Sallyport.Watchdog.Status;

/// <summary>How a module is doing.</summary>
/// <param name="Name">As in the manifest.</param>
/// <param name="Condition">What it comes to.</param>
/// <param name="Since">When that began.</param>
/// <param name="Reason">Why, in a sentence; empty when all is well.</param>
/// <param name="Starts">Seen by this module since it started itself.</param>
/// <param name="MemoryBytes">Resident; null when it does not say.</param>
internal sealed record ModuleStatus(string Name, ModuleCondition Condition, DateTimeOffset Since, string Reason, int Starts, long? MemoryBytes);
