using Sallyport.Telemetry;

namespace Sallyport.Posture;

/// <summary>One thing that a hardened gateway has. Pure: it judges evidence, and gathers none.</summary>
public abstract class PostureCheck
{
    /// <summary>Stable: part of events and of the configuration. Lower case words with hyphens.</summary>
    public abstract string Id { get; }

    /// <summary>How urgent it is when it fails.</summary>
    public abstract EventSeverity Severity { get; }

    /// <summary>What is demanded, in a sentence.</summary>
    public abstract string Demand { get; }

    /// <summary>System requirements of IEC 62443-3-3.</summary>
    public abstract string Iec62443 { get; }

    /// <summary>Controls of the overlay in NIST SP 800-82r3.</summary>
    public abstract string Nist80082 { get; }

    /// <summary>What to do when it fails.</summary>
    public abstract string Remedy { get; }

    /// <summary>Whether it looks at what the running modules know, and not at the report of the host.</summary>
    public virtual bool IsOfGateway => true;

    /// <summary>Judges. What is missing cannot be told.</summary>
    public abstract PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy);
}
