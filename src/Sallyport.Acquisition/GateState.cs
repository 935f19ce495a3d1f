using System.Runtime.InteropServices;

namespace Sallyport.Acquisition;

/// <summary>What a <see cref="ProbeGate"/> knows.</summary>
/// <param name="Failures">In a row; 0 while all is well.</param>
/// <param name="Reason">Of the last one, in a few words.</param>
/// <param name="NextRetry">When the next probe may go.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GateState(int Failures, string? Reason, DateTimeOffset? NextRetry);
