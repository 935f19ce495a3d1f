using System.Collections.Immutable;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>What was destroyed, and what could not be. Kept in the marker, so that no later start makes new rings and the report is not lost with an answer.</summary>
/// <param name="DeviceId">Which gateway.</param>
/// <param name="ModuleId">Which module.</param>
/// <param name="Rings">As they were when the decommission was confirmed; empty if nobody confirmed one, and an operator's tool began to wipe.</param>
/// <param name="Wipes">The rings that are destroyed.</param>
/// <param name="Faults">What stands in the way; empty if everything is destroyed.</param>
/// <param name="IsComplete">Whether everything is destroyed.</param>
internal sealed record DecommissionReport(
    string DeviceId, string ModuleId, ImmutableArray<RingAtEnd> Rings, ImmutableArray<FileWipe> Wipes, ImmutableArray<string> Faults, bool IsComplete)
{
    /// <summary>Records that went with the rings and are not proven to have arrived.</summary>
    public long UnsentRecords => Wipes.Sum(wipe => wipe.Report.UnsentRecords);
}
