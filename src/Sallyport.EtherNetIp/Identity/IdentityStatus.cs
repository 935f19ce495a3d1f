namespace Sallyport.EtherNetIp.Identity;

/// <summary>The status word of the Identity object.</summary>
/// <param name="Word">The 16 bits.</param>
/// <remarks>CIP Volume 1, section 5A-2.2; mode and key switch as Logix controllers put them there.</remarks>
public readonly record struct IdentityStatus(ushort Word)
{
    /// <summary>Some other device controls it.</summary>
    public bool IsOwned => (Word & 0x0001) != 0;

    /// <summary>It is not as it left the factory.</summary>
    public bool IsConfigured => (Word & 0x0004) != 0;

    /// <summary>A fault from which it recovers, and which it tolerates.</summary>
    public bool HasMinorRecoverableFault => (Word & 0x0100) != 0;

    /// <summary>A fault from which it does not recover, and which it tolerates.</summary>
    public bool HasMinorUnrecoverableFault => (Word & 0x0200) != 0;

    /// <summary>A fault that stops it, and from which it recovers.</summary>
    public bool HasMajorRecoverableFault => (Word & 0x0400) != 0;

    /// <summary>A fault that stops it for good.</summary>
    public bool HasMajorUnrecoverableFault => (Word & 0x0800) != 0;

    /// <summary>What a Logix controller is doing.</summary>
    public LogixMode Mode => (Word & 0x00F0) switch
    {
        0x60 => LogixMode.Executing,
        0x70 => LogixMode.Program,
        _ => LogixMode.Unknown,
    };

    /// <summary>Where the key switch of a Logix controller stands.</summary>
    public KeySwitch KeySwitch => (Word & 0xF000) switch
    {
        0x1000 => KeySwitch.Run,
        0x2000 => KeySwitch.Program,
        0x3000 => KeySwitch.Remote,
        _ => KeySwitch.Unknown,
    };
}
