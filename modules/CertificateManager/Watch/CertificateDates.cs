using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Watch;

/// <summary>What a journal says about time.</summary>
internal static class CertificateDates
{
    /// <summary>The last moment that an authority was seen to sign for us; null if none did.</summary>
    public static DateTimeOffset? Begin(RenewalJournal journal)
    {
        DateTimeOffset? last = null;
        foreach (var pem in (ReadOnlySpan<string>)[journal.Active, journal.Next])
        {
            if (CertificateChain.TryRead(pem, out CertificateChain? chain))
            {
                using (chain)
                {
                    last = last is null || chain.NotBefore > last ? chain.NotBefore : last;
                }
            }
        }

        return last;
    }
}
