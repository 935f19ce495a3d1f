using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Where the renewal stands, for whoever asks. One writer, any number of readers.</summary>
internal sealed class RenewalStatus
{
    private volatile RenewalJournal? _journal;
    private volatile string _trouble = "";

    /// <summary>What is stored; null while it is not known.</summary>
    public RenewalJournal? Journal
    {
        get => _journal;
        set => _journal = value;
    }

    /// <summary>Why no step can be done, in one sentence; empty if nothing stands in the way.</summary>
    public string Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }
}
