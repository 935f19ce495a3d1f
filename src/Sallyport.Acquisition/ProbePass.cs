using System.Runtime.InteropServices;

namespace Sallyport.Acquisition;

/// <summary>Leave to ask, given by a <see cref="ProbeGate"/>. Goes back to it with the outcome.</summary>
/// <param name="Failures">Failures in a row that were known when it was given; above zero it is the one probe.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProbePass(int Failures)
{
    /// <summary>Whether nobody else may ask until its outcome is known.</summary>
    public bool IsProbe => Failures > 0;
}
