using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>What became of reading the journal. Closed.</summary>
internal abstract record JournalLoad
{
    private JournalLoad()
    {
    }

    /// <summary>Here it is; a new one if there never was any.</summary>
    internal sealed record Loaded(RenewalJournal Journal) : JournalLoad;

    /// <summary>There was one, and it cannot be understood. It is kept aside, and which key is in use is not known: none may be destroyed.</summary>
    internal sealed record Unreadable(string KeptAs) : JournalLoad;

    /// <summary>The disk does not give it.</summary>
    internal sealed record Unavailable(string Reason) : JournalLoad;
}
