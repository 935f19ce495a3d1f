namespace Sallyport.Identity;

/// <summary>What a validator thinks of a certificate. Closed.</summary>
public abstract record CertificateVerdict
{
    private CertificateVerdict()
    {
    }

    /// <summary>Every check passed.</summary>
    public sealed record Accepted : CertificateVerdict
    {
        /// <summary>The only instance.</summary>
        public static Accepted Instance { get; } = new();
    }

    /// <summary>One did not; the connection must not be used.</summary>
    /// <param name="Fault">Which.</param>
    /// <param name="Detail">One sentence with subject or serial number, fit for a log.</param>
    public sealed record Refused(CertificateFault Fault, string Detail) : CertificateVerdict
    {
        /// <summary>The same without the certificate's subject and serial number, for who knows which one is meant.</summary>
        public string Finding { get; } = Detail;
    }
}
