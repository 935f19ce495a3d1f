namespace Sallyport.Identity.Renewal;

/// <summary>The life of the certificate in a journal's chain.</summary>
/// <param name="NotBefore">Its beginning.</param>
/// <param name="NotAfter">Its end.</param>
internal readonly record struct ChainDates(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Of a chain in PEM; null for none.</summary>
    public static ChainDates? Of(string pem)
    {
        if (pem.Length == 0 || !CertificateChain.TryRead(pem, out CertificateChain? chain))
        {
            return null;
        }

        using (chain)
        {
            return new ChainDates(chain.NotBefore, chain.NotAfter);
        }
    }

    /// <summary>Whether a chain is one whose end has not come.</summary>
    public static bool IsAlive(string pem, DateTimeOffset now) => Of(pem) is { } dates && now < dates.NotAfter;

    /// <summary>The last moment at which an authority was seen to sign for one of these chains.</summary>
    public static DateTimeOffset LastSigned(params ReadOnlySpan<string> chains)
    {
        DateTimeOffset last = DateTimeOffset.MinValue;
        foreach (string pem in chains)
        {
            last = Of(pem) is { } dates && dates.NotBefore > last ? dates.NotBefore : last;
        }

        return last;
    }
}
