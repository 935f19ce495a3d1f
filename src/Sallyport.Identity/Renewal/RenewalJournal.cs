using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Renewal;

/// <summary>All that a renewal must know to go on after a power cut. Each step leads from one journal to the next, and may be repeated.</summary>
public sealed record RenewalJournal
{
    /// <summary>Of a gateway that has no certificate yet.</summary>
    public static RenewalJournal New { get; } = new();

    /// <summary>Where it stands.</summary>
    public RenewalState State { get; init; } = RenewalState.Expired;

    /// <summary>The slot whose key the certificate in use is for: one of the two identity slots.</summary>
    public DeviceKeySlot ActiveSlot { get; init; } = DeviceKeySlot.IdentityA;

    /// <summary>The certificate in use and its issuers, PEM; empty for none.</summary>
    public string Active { get; init; } = "";

    /// <summary>Whether the free slot has a tried key that waits for its certificate. It serves until an answer comes: a TPM is not worn out by a server that is away.</summary>
    public bool HasNewKey { get; init; }

    /// <summary>The next one, of the free slot's key; empty for none.</summary>
    public string Next { get; init; } = "";

    /// <summary>The one before, of the free slot's key, while it is kept; empty for none.</summary>
    public string Previous { get; init; } = "";

    /// <summary>Nothing happens before this moment; null for at once.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How often it failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Whether somebody ordered a renewal before its time.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Why it failed the last time, for people; empty for no failure.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The slot that is not in use.</summary>
    public DeviceKeySlot FreeSlot => ActiveSlot is DeviceKeySlot.IdentityA ? DeviceKeySlot.IdentityB : DeviceKeySlot.IdentityA;
}
