namespace Sallyport.Posture.Report;

/// <summary>A setting.</summary>
/// <param name="Name">As sysctl calls it, for example <c>kernel.core_pattern</c>; <c>systemd.coredump.storage</c> is that of systemd-coredump.</param>
/// <param name="Value">Its value.</param>
public sealed record KernelSetting(string Name, string Value);
