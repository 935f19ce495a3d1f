namespace Sallyport.Simulator.Est;

/// <summary>How the enrolment server behaves. May be changed while it runs.</summary>
internal sealed record EnrolmentManners
{
    /// <summary>Requests must be bound to their connection (RFC 7030 section 3.5). Only over TLS 1.2: above it the binding is not defined.</summary>
    public bool DemandsBinding { get; init; }

    /// <summary>The first request of each key is put off by 202; null lets everything through.</summary>
    public TimeSpan? ApprovalTakes { get; init; }

    /// <summary>Of the certificates.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Answers every request with this status instead; null for a right answer.</summary>
    public int? Status { get; init; }

    /// <summary>Highest version of TLS is 1.2.</summary>
    public bool IsOld { get; init; }
}
