namespace Sallyport.Watchdog.Status;

/// <summary>How a part of the gateway is doing, as people see it: each has a word, a shape and a colour of its own.</summary>
internal enum PartState
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>It does its work.</summary>
    Well,

    /// <summary>It does its work in part, or not for long any more.</summary>
    Attention,

    /// <summary>It does not do its work.</summary>
    Broken,
}
