using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.OpcUa;

/// <summary>What became of an authority and its list that were to be put into a store. Closed.</summary>
public abstract record DistributionOutcome
{
    private DistributionOutcome()
    {
    }

    /// <summary>The store has both.</summary>
    /// <param name="IsNewAuthority">Whether the certificate was not there before.</param>
    /// <param name="IsNewList">Whether the list was not there before.</param>
    public sealed record Done(bool IsNewAuthority, bool IsNewList) : DistributionOutcome;

    /// <summary>The authority is not one of ours. Nothing was changed.</summary>
    /// <param name="Verdict">Why.</param>
    public sealed record RefusedAuthority(CertificateVerdict.Refused Verdict) : DistributionOutcome;

    /// <summary>The list is not believed, or the store has a newer one. Nothing was changed.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record RefusedList(RevocationListFault Fault) : DistributionOutcome;
}
