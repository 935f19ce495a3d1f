namespace Sallyport.Telemetry;

/// <summary>Why records are missing.</summary>
public enum GapReason
{
    /// <summary><c>outbox-full</c>: the reader read faster than edgeHub took.</summary>
    OutboxFull,

    /// <summary><c>evicted</c>: the ring was full; the oldest page went before it was sent.</summary>
    Evicted,

    /// <summary><c>unconfirmed</c>: the ring was full; the page had been sent but nobody confirmed it. It may have arrived.</summary>
    Unconfirmed,

    /// <summary><c>oversize</c>: larger than a message may be.</summary>
    Oversize,

    /// <summary><c>unreadable</c>: a page of the ring could not be read back.</summary>
    Unreadable,

    /// <summary><c>unclean</c>: the ring's last run did not end in order. The numbers may never have been used.</summary>
    Unclean,

    /// <summary><c>key-lost</c>: nobody can open what the ring held.</summary>
    KeyLost,
}
