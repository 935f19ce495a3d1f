using System.Runtime.InteropServices;

namespace Sallyport.Acquisition;

/// <summary>Leave to ask a device once. Goes back to its <see cref="DeviceStatusTracker"/> with the outcome.</summary>
/// <param name="Connection">Leave to use the way to it.</param>
/// <param name="Device">Leave to ask the device itself.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AskPermit(ProbePass Connection, ProbePass Device);
