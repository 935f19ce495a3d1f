namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>How what is loaded differs.</summary>
internal enum DriftKind
{
    /// <summary>The plan has it, and it is not loaded.</summary>
    Missing,

    /// <summary>It is loaded, and the plan does not have it.</summary>
    Added,

    /// <summary>All is there, and in another order.</summary>
    Moved,
}
