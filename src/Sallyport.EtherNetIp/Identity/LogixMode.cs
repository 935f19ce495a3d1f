namespace Sallyport.EtherNetIp.Identity;

/// <summary>What a Logix controller is doing.</summary>
public enum LogixMode
{
    /// <summary>Its status word does not say.</summary>
    Unknown,

    /// <summary>It executes its program.</summary>
    Executing,

    /// <summary>It is being programmed: values stand still.</summary>
    Program,
}
