namespace Sallyport.Telemetry;

/// <summary>What a posture check found.</summary>
public enum PostureResult
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>Not as it should be.</summary>
    Fail,

    /// <summary>Could not be found out.</summary>
    Unknown,

    /// <summary>Does not exist on this gateway.</summary>
    NotApplicable,
}
