namespace Sallyport.Modbus;

/// <summary>Why addresses cannot be read in one request.</summary>
public enum ReadObstacle
{
    /// <summary>They can.</summary>
    None,

    /// <summary>The request would be larger than the device allows, counted from where it has to begin.</summary>
    Cap,

    /// <summary>The request would touch a hole.</summary>
    Hole,
}
