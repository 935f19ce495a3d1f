namespace Sallyport.Watchdog.Status;

/// <summary>How a module is doing.</summary>
internal enum ModuleCondition
{
    /// <summary>Not asked yet.</summary>
    Unknown,

    /// <summary>It answers and says that it is well.</summary>
    Well,

    /// <summary>It answers and says that it lacks something, or does not do its work.</summary>
    Unwell,

    /// <summary>It starts again and again.</summary>
    Flapping,

    /// <summary>It does not answer.</summary>
    Missing,
}
