using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>The kernel.</summary>
/// <param name="Settings">Those that the checks look at and that the kernel has.</param>
/// <param name="Swap">Where memory goes that does not fit.</param>
public sealed record KernelFacts(ImmutableArray<KernelSetting> Settings, ImmutableArray<SwapArea> Swap);
